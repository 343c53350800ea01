import type { Repair } from '../graph/problem';
import type { NodePath } from '../infer/analysis';
import { regularityOf } from './regularity';
import { pathBeside, placeOf, wireInto } from './repairs/draft';
import { nameAt, type Place, type Site } from './repairs/plan';
import type { Proven } from './repairs/prove';
import { allProven, offer, offered, provenInSteps } from './repairs/repairs';
import { finished, type Steps } from './steps';
import { deadBranch } from './warnings/branches';

/** A layer, or the wire into a port, that is probably at fault. */
export interface Suspect {
  readonly place: Place;
  /** Its name: `conv2a`, `the wire from image into add2`. */
  readonly name: string;
  /** What about it, in words: a change that would mend everything. */
  readonly because: string;
  /** That change, proven; undefined where none was found and only the place is told. */
  readonly repair?: Repair;
}

/** Networks of more layers are not compared with themselves: their paths alone must do. */
const COMPARED = 3000;

/** What a change costs beside the bits by which it makes a layer like others: that it is unusual, that it leaves open ends. */
const WEIGHTS = { unfit: 0.06, reveals: 0.4, openEnds: 0.2 };

/**
 * Who is probably at fault, first the likeliest. Each single change that mends the problem accuses the place that it
 * changes; the one after which the network is most like itself accuses it most, and one that leaves a layer unread, as a
 * wire does that was led elsewhere, less. Where nothing mends it, the layers at which the paths parted remain.
 */
export function suspectsOf(site: Site): readonly Suspect[] {
  return finished(suspectsAmong(site, allProven(site)));
}

/** The same of the plans that hold, in steps: to compare a network with itself takes a walk over it. */
function* suspectsAmong(site: Site, all: readonly Proven[]): Steps<readonly Suspect[]> {
  const isComparable = site.analysis.flat.nodes.size <= COMPARED;
  const scored: { readonly proven: Proven; readonly score: number }[] = [];
  for (const proven of all) {
    const { places, edits } = proven.plan;
    if (places.length !== 1 || edits.length === 0) continue;
    scored.push({ proven, score: doubtOf(proven) - (isComparable ? regularityOf(proven.after) : 0) });
    yield;
  }
  const accused = scored
    .sort((a, b) => a.score - b.score)
    .map(({ proven }) => suspect(site, proven.plan.places[0] as Place, proven.title, offer(proven)));
  const parted = (site.problem.mismatch?.paths ?? []).flatMap(({ parted: node }): Suspect[] =>
    node === undefined ? [] : [suspect(site, { node }, 'the paths part here')],
  );
  const own = suspect(site, { node: site.problem.node }, site.problem.message);
  return unique([...accused, ...parted, own]);
}

function suspect(site: Site, place: Place, because: string, repair?: Repair): Suspect {
  return { place, name: placeInWords(site, place), because, ...(repair ? { repair } : {}) };
}

function placeInWords(site: Site, place: Place): string {
  if ('node' in place) return nameAt(site, place.node);
  const from = sourceOf(site, place.into, place.port);
  return `${from === undefined ? '' : `the wire from ${nameAt(site, from)} into `}${nameAt(site, place.into)}`;
}

/** What feeds a port; of a block's port, and of one that is not there, as it is drawn. */
function sourceOf({ document, analysis }: Site, into: NodePath, port: string): NodePath | undefined {
  const flowing = analysis.flat.incoming.get(into)?.find(({ to }) => to.port === port);
  if (flowing) return flowing.from.node;
  const at = placeOf(document, into);
  const drawn = at && wireInto(at.graph, at.node.id, port);
  return drawn && pathBeside(at, drawn.from.node);
}

/** What a search around a problem finds, as editor and terminal tell it. */
export interface Around {
  /** Those first two for which a change was found; of a warning that is no mismatch nobody is accused. */
  readonly suspects: readonly Suspect[];
  /** What mends it, and behind that what does so at the suspects, where that is not among them. */
  readonly repairs: readonly Repair[];
}

export function foundAround(site: Site): Around {
  return finished(foundInSteps(site));
}

/** The same in steps. */
export function* foundInSteps(site: Site): Steps<Around> {
  const { problem } = site;
  const proven = yield* provenInSteps(site);
  const repairs = offered(proven);
  const isAccusing = problem.severity === 'error' || problem.mismatch !== undefined;
  const likeliest = isAccusing ? (yield* suspectsAmong(site, proven)).slice(0, 2) : [];
  const suspects = likeliest.filter(({ repair }) => repair !== undefined);
  const known = new Set(repairs.map(({ id }) => id));
  const others = suspects.flatMap(({ repair }) => (repair && !known.has(repair.id) ? [repair] : []));
  return { suspects, repairs: [...repairs, ...others] };
}

function doubtOf({ plan, reveals, after }: Proven): number {
  const open = after.problems.filter(({ code }) => code === deadBranch.code).length;
  return plan.unfit * WEIGHTS.unfit + reveals.length * WEIGHTS.reveals + open * WEIGHTS.openEnds;
}

function unique(suspects: readonly Suspect[]): readonly Suspect[] {
  const seen = new Set<string>();
  return suspects.filter(({ place }) => {
    const key = placeKey(place);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

export function placeKey(place: Place): string {
  return 'node' in place ? place.node : `${place.into}\n${place.port}`;
}

/** The layer that a place names, for a wire the one that it enters. */
export function placeNode(place: Place): NodePath {
  return 'node' in place ? place.node : place.into;
}
