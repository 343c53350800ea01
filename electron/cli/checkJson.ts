import { foundAround } from '../../shared/diagnose/suspects';
import type { SkipDocument } from '../../shared/document/document';
import type { Problem } from '../../shared/graph/problem';
import { allWell, errorsAmong, type CheckedFile } from './checkFile';

/** As `skipwire check --json` writes it: one object for one file, else a list; docs/check.schema.json is its schema. */
export function jsonOf(files: readonly CheckedFile[]) {
  const told = files.map(toldOf);
  return told.length === 1 ? told[0] : { ok: allWell(files), files: told };
}

function toldOf({ path, loaded, problems, failure }: CheckedFile) {
  if (!loaded) return { file: path, ok: false, failure };
  const { document, analysis, notices } = loaded;
  const told = problems.map((problem) => {
    const { repairs, suspects } = foundAround({ document, analysis, problem });
    return { ...problem, suspects: suspects.map(({ place, name, because }) => ({ ...place, name, because })), repairs };
  });
  const { totals } = analysis;
  const switchedOff = analysis.switchedOff.map((problem) => ({ ...problem, reason: reasonOf(document, problem) }));
  return { file: path, ok: errorsAmong(problems) === 0, problems: told, switchedOff, notices, totals };
}

/** Why the document does not want to hear of it. */
export function reasonOf({ checks }: SkipDocument, { code, node }: Problem): string {
  const entry = checks?.off.find((off) => off.code === code && (off.node === undefined || off.node === node));
  return entry?.reason ?? '';
}
