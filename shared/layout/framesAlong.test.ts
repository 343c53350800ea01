import { describe, expect, it } from 'vitest';
import type { Annotation, Graph } from '../graph/graph';
import { boxOfAnnotation } from '../picture/frames';
import { encloses } from '../picture/geometry';
import { networkOfSteps } from '../testing/branching';
import { arranged, placedAt } from './arrange';
import { framesAlong } from './framesAlong';

const line = networkOfSteps([['layer', 3]]);
const graph = placedAt(line, arranged(line, {}));
const xOf = (id: string) => graph.nodes[id]?.position.x ?? 0;

function framed(id: string, from: string, to: string, room: number): Annotation {
  const [x, end] = [xOf(from) - room, xOf(to) + 152 + room];
  return { kind: 'frame', id, title: id, tone: 'gray', position: { x, y: -2 * room }, size: { width: end - x, height: 64 + 3 * room } };
}

function along(annotations: readonly Annotation[], places: Readonly<Record<string, number>>): Readonly<Record<string, Annotation>> {
  const drawn: Graph = { ...graph, annotations: Object.fromEntries(annotations.map((each) => [each.id, each])) };
  const moves = new Map(Object.entries(places).map(([id, y]) => [id, { x: xOf(id), y }]));
  return { ...drawn.annotations, ...Object.fromEntries(framesAlong(drawn, {}, moves).map((each) => [each.id, each])) };
}

describe('frames around layers that move', () => {
  const inner = framed('inner', 'n0', 'n1', 20);
  const outer = framed('outer', 'n0', 'n2', 40);
  const note: Annotation = { kind: 'note', id: 'note', text: '', position: { x: xOf('n0'), y: -30 }, size: { width: 100, height: 20 } };

  it('go along with them, and the notes and the empty frames in them', () => {
    const empty: Annotation = { ...framed('empty', 'n2', 'n2', 20), position: { x: xOf('n2'), y: -60 }, size: { width: 60, height: 20 } };
    const after = along([outer, inner, note, empty], { n0: 80, n1: 80, n2: 80, n3: 80 });
    for (const { id, position } of [outer, inner, note, empty]) expect(after[id]?.position).toEqual({ x: position.x, y: position.y + 80 });
  });

  it('stay with what is in them where nothing in them moves', () => {
    const after = along([outer, inner, note], { n2: 160 });
    expect([after['inner'], after['note']]).toEqual([inner, note]);
    expect(along([outer, inner, note], { n3: 160 })).toEqual({ outer, inner, note });
  });

  it.each([
    ['in it', { n0: 160 }],
    ['beside the inner one', { n2: 160 }],
    ['at both ends', { n0: 320, n2: -160 }],
  ])('stay around each other where a layer moves alone that is %s', (_, places) => {
    for (const list of [
      [outer, inner],
      [inner, outer],
    ]) {
      const after = along(list, places);
      const [within, around] = [after['inner'], after['outer']].map((each) => boxOfAnnotation(each as Annotation));
      if (!within || !around) throw new Error('a frame is gone');
      expect(encloses(around, within)).toBe(true);
      expect([within.x - around.x, within.y - around.y].every((room) => room > 0)).toBe(true);
    }
  });
});
