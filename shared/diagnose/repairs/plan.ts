import type { SkipDocument } from '../../document/document';
import type { Edit } from '../../graph/edit';
import type { MismatchPath, MismatchRow, Problem } from '../../graph/problem';
import type { Shape } from '../../graph/tensor';
import type { FlatNode, NetworkAnalysis, NodePath } from '../../infer/analysis';
import type { Steps } from '../steps';
import { pathInSentence, pathLabels, pathRoles, type PathRole } from '../mismatch';

/** A problem and all that is known around it. */
export interface Site {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly problem: Problem;
}

/** A place that a plan holds to be at fault: a layer, or the wire into a port where a layer is missing. */
export type Place = { readonly node: NodePath } | { readonly into: NodePath; readonly port: string };

/** What might mend a problem. Nobody has proven it yet. */
export interface Plan {
  readonly id: string;
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly note?: string;
  /** Layers and wires that it changes, for the diagnosis: a plan that mends all with one change says who is at fault. */
  readonly places: readonly Place[];
  /** How well practitioners think of it for this class of problem: 0 is what everybody would do, 10 a last resort. */
  readonly unfit: number;
}

/** One kind of repair: from a problem to plans, in steps where it proves some itself. Pure; gives nothing where it does not fit. */
export type Repairer = (site: Site) => readonly Plan[] | Steps<readonly Plan[]>;

/** One input of a merge whose inputs disagree. */
export interface Row extends MismatchRow {
  readonly path: MismatchPath;
  readonly role: PathRole;
  /** `main`, `shortcut`, `query`, or `path 3`. */
  readonly label: string;
}

/** The inputs of the merge that has the problem; empty where it is no mismatch. */
export function rowsOf({ problem: { mismatch } }: Site): readonly Row[] {
  if (!mismatch) return [];
  const [roles, labels] = [pathRoles(mismatch.paths), pathLabels(mismatch.paths)];
  return mismatch.rows.map((row, index) => ({
    ...row,
    path: mismatch.paths[index] as MismatchPath,
    role: roles[index] as PathRole,
    label: labels[index] as string,
  }));
}

/**
 * Each way to bring the inputs of a merge together: one input is the measure, the others are to be mended. Of two paths
 * the main path is tried first as the measure; of more, the shape that most of them have.
 */
export function aims(site: Site): readonly { readonly target: Row; readonly others: readonly Row[] }[] {
  const rows = rowsOf(site);
  const alike = (row: Row) => rows.filter((other) => sameShape(other.shape, row.shape)).length;
  const sorted = rows.toSorted((a, b) => alike(b) - alike(a) || Number(b.role === 'main') - Number(a.role === 'main'));
  return sorted.map((target) => ({ target, others: rows.filter((row) => !sameShape(row.shape, target.shape)) }));
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis] || JSON.stringify(dim) === JSON.stringify(b[axis]));
}

export function layerAt({ analysis }: Site, path: NodePath): FlatNode | undefined {
  return analysis.flat.nodes.get(path);
}

/** The name of a layer or block with the blocks around it, as messages write it. */
export function nameAt({ analysis, problem }: Site, path: NodePath): string {
  return analysis.nodes.get(path)?.name ?? analysis.flat.nodes.get(path)?.name ?? (path === problem.node ? problem.path : path);
}

/** `the shortcut`, `the main path`, `the query`, `path 3`: in a title. */
export function pathInTitle({ label }: Row): string {
  return pathInSentence(label);
}
