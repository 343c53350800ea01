import type { GraphEdge, NodeId, Position } from '../graph/graph';
import { boundsOfBoxes, samePlace, type Box } from '../picture/geometry';
import { shiftToFree, toFree, type Way } from './freeRoom';
import type { Grid } from './grid';
import type { Row } from './partRows';
import { pushesIn } from './pushes';
import { boxAt, type Standing } from './standing';
import { cornerOf, keyOf, offsetOf, votesOf, type Vote } from './votes';

/** Layers between which there are wires, and what there is to know of them. */
export interface StandingPart {
  readonly members: readonly Standing[];
  /** Those that may move. */
  readonly loose: readonly Standing[];
  readonly wires: readonly GraphEdge[];
  /** Where all of them would stand alone, and their rows. */
  readonly ideal: ReadonlyMap<NodeId, Position>;
  readonly rows: readonly Row[];
  /** What stays, of this part and of others. */
  readonly fixed: readonly Box[];
  /** Where other parts stand. */
  readonly regions: readonly Box[];
  readonly grid: Grid;
}

export interface Settled {
  /** From the ideal places to here, before rows went out of the way. */
  readonly at: Position;
  readonly places: ReadonlyMap<NodeId, Position>;
}

const WAYS: readonly Way[] = ['down', 'up'];
/** So many of the places in which its layers stand are tried. */
const MOST_TRIED = 12;

/**
 * Finds from where a part is placed so that it moves least: from where it stands, if it comes out as it is; else from where a good
 * share of its layers stands, or beside the kept ones.
 */
export function placePart(part: StandingPart): Settled {
  const { members, loose, ideal } = part;
  const all = votesOf(members, ideal);
  const votes = votesOf(loose, ideal);
  const isSupported = ({ at }: Vote) => members.length === 1 || (all.get(keyOf(at))?.count ?? 0) >= 2;
  const standing = [...votes.values()].filter(isSupported).sort((a, b) => b.count - a.count);
  for (const way of WAYS) {
    for (const { at } of [...standing.slice(0, MOST_TRIED), ...outerVotes(part, votes, way).filter(isSupported)]) {
      const settled = settle(part, at, way);
      if (loose.every(({ id, place }) => samePlace(place, settled.places.get(id) ?? place))) return settled;
    }
  }
  const good = standing.filter(({ count }) => count * 3 >= loose.length).map(({ at }) => at);
  const starts = good.length > 0 ? good : [...besideKept(part), cornerOf(loose, ideal)];
  const settled = starts.flatMap((at) => WAYS.map((way) => settleClear(part, at, way)));
  return settled.reduce((best, next) => (costOf(part, next) < costOf(part, best) ? next : best));
}

/** Where its outermost row stands: what went past something did so from there. */
function outerVotes({ rows, ideal }: StandingPart, votes: ReadonlyMap<string, Vote>, way: Way): readonly Vote[] {
  const own = rows.map(({ layers }) => layers.filter(({ isKept }) => !isKept)).filter(({ length }) => length > 0);
  const keys = new Set((own.at(way === 'down' ? 0 : -1) ?? []).map((layer) => keyOf(offsetOf(layer, ideal))));
  return [...keys].slice(0, MOST_TRIED).flatMap((key) => votes.get(key) ?? []);
}

/** As the kept layers stand to which others are wired; those that feed others first. */
function besideKept({ members, wires, ideal }: StandingPart): readonly Position[] {
  const kept = new Map(members.filter(({ isKept }) => isKept).map((layer) => [layer.id, layer]));
  const feeding = wires.filter(({ from, to }) => kept.has(from.node) && !kept.has(to.node)).map(({ from }) => from.node);
  const fed = wires.filter(({ from, to }) => !kept.has(from.node) && kept.has(to.node)).map(({ to }) => to.node);
  const [first] = [...feeding, ...fed].flatMap((id) => kept.get(id) ?? []);
  return first ? [offsetOf(first, ideal)] : [];
}

/** How many layers move, and how many are led out of their rows. */
function costOf({ ideal, loose }: StandingPart, { at, places }: Settled): number {
  return loose.reduce((sum, { id, place }) => {
    const [now, { x, y }] = [places.get(id) ?? place, ideal.get(id) ?? place];
    return sum + (samePlace(now, place) ? 0 : 1) + (samePlace(now, { x: x + at.x, y: y + at.y }) ? 0 : 1);
  }, 0);
}

/** As `settle`, clear of other parts as a whole. */
function settleClear(part: StandingPart, { x, y }: Position, way: Way): Settled {
  if (part.regions.length === 0) return settle(part, { x, y }, way);
  const boxes = part.loose.map((layer) => {
    const place = part.ideal.get(layer.id) as Position;
    return boxAt({ x: place.x + x, y: place.y + y }, layer);
  });
  // The room that parts keep from each other.
  const room = { across: part.grid.lineGap / 2, down: part.grid.lineGap / 2 };
  return settle(part, { x, y: y + shiftToFree([boundsOfBoxes(boxes)], part.regions, room) }, way);
}

/** Its rows one after the other, each as far down (or up) as nothing is in its way; those behind it go along. */
function settle({ rows, ideal, fixed, regions, grid }: StandingPart, at: Position, way: Way): Settled {
  const places = new Map<NodeId, Position>();
  const around = [...fixed, ...regions];
  let shift = 0;
  let line = -1;
  let push = (x: number) => x;
  for (const row of way === 'down' ? rows : rows.toReversed()) {
    if (row.line !== line) push = pushesIn(rows, ideal, { line: row.line, at: { x: at.x, y: at.y + shift }, grid });
    line = row.line;
    const placed = row.layers.flatMap((layer) => {
      const { x, y } = ideal.get(layer.id) as Position;
      return layer.isKept ? [] : [{ id: layer.id, box: boxAt({ x: push(x) + at.x, y: y + at.y + shift }, layer) }];
    });
    const boxes = placed.map(({ box }) => box);
    const more = toFree(boxes, around, way);
    shift += more;
    for (const { id, box } of placed) places.set(id, { x: box.x, y: box.y + more });
  }
  return { at, places };
}
