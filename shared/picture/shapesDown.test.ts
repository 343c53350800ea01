import { describe, expect, it } from 'vitest';
import { templates } from '../blocks/templates/index';
import { buildTemplate } from '../blocks/templates/template';
import { analyze } from '../infer/analyze';
import { runningTo } from '../layout/arrange';
import { flatGraphOf } from '../testing/geometry';
import type { Box } from './geometry';
import { LABEL_HEIGHT } from './labelPlace';
import { sceneOf, type SceneWire } from './scene';

/** Letters fill this much of a label's height. */
const LETTERS = 12;

describe.each(templates.map((template) => [template.id, template] as const))('%s, from above to below', (_, template) => {
  it('no shape beside a wire lies on another wire or on another shape', () => {
    const built = buildTemplate(template, 'test');
    const flat = { ...built, graph: runningTo('down', flatGraphOf(built), {}), blocks: {} };
    const { wires } = sceneOf({ document: flat, analysis: analyze(flat), graph: flat.graph, prefix: '' });
    expect(wires.flatMap((wire) => facesOf(wire, wires))).toEqual([]);
  });
});

function facesOf(wire: SceneWire, wires: readonly SceneWire[]): readonly string[] {
  const own = boxOf(wire);
  if (!own) return [];
  return wires.flatMap((other) => {
    if (other === wire) return [];
    const label = boxOf(other);
    if (label && crosses(own, label)) return [`${wire.id} and the shape of ${other.id}`];
    return piecesOf(other).some((piece) => crosses(own, piece)) ? [`${wire.id} on ${other.id}`] : [];
  });
}

function boxOf({ label }: SceneWire): Box | undefined {
  if (!label) return undefined;
  return { x: label.x - label.width / 2 + 4, y: label.y - LETTERS / 2, width: label.width - 8, height: Math.min(LETTERS, LABEL_HEIGHT) };
}

function piecesOf({ corners }: SceneWire): readonly Box[] {
  return corners.slice(1).map((to, index) => {
    const from = corners[index] ?? to;
    return { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
  });
}

function crosses(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
