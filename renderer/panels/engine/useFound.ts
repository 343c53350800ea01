import { useMemo, useState } from 'react';
import { linesWith, type ProgramLine } from './programLines';

/** Which lines were found, and at which of them one is. */
export interface Found {
  readonly lines: readonly number[];
  /** Of `lines`. */
  readonly at: number;
  /** Goes on, or back, and begins anew at the end. */
  step(by: 1 | -1): void;
}

/** The lines with a text in them, and the way from one to the next. */
export function useFound(lines: readonly ProgramLine[], query: string): Found {
  const found = useMemo(() => linesWith(lines, query), [lines, query]);
  const [place, setPlace] = useState({ found, at: 0 });
  // What is found anew begins at its first line.
  const at = place.found === found ? place.at : 0;
  return {
    lines: found,
    at,
    step: (by) => found.length > 0 && setPlace({ found, at: (at + by + found.length) % found.length }),
  };
}
