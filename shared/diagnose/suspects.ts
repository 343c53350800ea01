import type { NodePath } from '../infer/analysis';
import { regularityOf } from './regularity';
import type { Place, Site } from './repairs/plan';
import { allProven } from './repairs/repairs';

/** A layer, or the wire into a port, that is probably at fault. */
export interface Suspect {
  readonly place: Place;
  /** What about it, in words: a change that would mend everything. */
  readonly because: string;
}

/** Networks of more layers are not compared with themselves: their paths alone must do. */
const COMPARED = 3000;

/**
 * Who is probably at fault, first the likeliest. Each single change that mends the problem accuses the place that it
 * changes; the one after which the network is most like itself accuses it most. Where nothing mends it, the layers at
 * which the paths parted remain.
 */
export function suspectsOf(site: Site): readonly Suspect[] {
  const isComparable = site.analysis.flat.nodes.size <= COMPARED;
  const accused = allProven(site)
    .filter(({ plan }) => plan.places.length === 1 && plan.edits.length > 0)
    .map(({ plan, after, reveals }) => ({
      plan,
      score: plan.unfit * 0.06 + reveals.length * 0.2 - (isComparable ? regularityOf(after) : 0),
    }))
    .sort((a, b) => a.score - b.score)
    .map(({ plan }): Suspect => ({ place: plan.places[0] as Place, because: plan.title }));
  const parted = (site.problem.mismatch?.paths ?? []).flatMap(({ parted: node }): Suspect[] =>
    node === undefined ? [] : [{ place: { node }, because: 'the paths part here' }],
  );
  const own: Suspect = { place: { node: site.problem.node }, because: site.problem.message };
  return unique([...accused, ...parted, own]);
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
