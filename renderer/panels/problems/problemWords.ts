import type { Problem } from '../../../shared/graph/problem';
import type { NodePath } from '../../../shared/infer/analysis';

/** A problem as its row shows it. */
export interface ProblemWords {
  /** Name of the layer; empty for a problem of the whole network. */
  readonly name: string;
  /** What is wrong, without the name. */
  readonly text: string;
  /** The blocks around it: `stage 2 / block 1`. */
  readonly where: string;
}

export function problemWords({ message, path, mismatch }: Problem): ProblemWords {
  const names = path.split('/');
  const name = names.pop() ?? '';
  const text = name === '' ? message : message.replace(/^[^"]*"[^"]*": ?/, '');
  // Both shapes are in the table below the row.
  return { name, text: mismatch ? (text.split(':')[0] ?? text) : text, where: names.join(' / ') };
}

/** A part of a sentence, and the node that it names. */
export interface TextPart {
  readonly text: string;
  readonly node?: NodePath;
}

/** Cuts a sentence at the names of nodes, so that each can be pressed. */
export function linkNames(sentence: string, names: ReadonlyMap<string, NodePath>): readonly TextPart[] {
  const longestFirst = [...names.keys()].filter(Boolean).sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return [{ text: sentence }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_/])(${longestFirst.map(escape).join('|')})(?![\\p{L}\\p{N}_/])`, 'gu');
  return sentence
    .split(pattern)
    .filter((text) => text !== '')
    .map((text) => {
      const node = names.get(text);
      return node === undefined ? { text } : { text, node };
    });
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
