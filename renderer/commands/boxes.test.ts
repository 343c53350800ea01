import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../shared/graph/applyEdits';
import { networkOf } from '../../shared/testing/networks';
import { nothingSelected } from '../state/session';
import { aligned, boxesOf } from './boxes';

const at = (x: number, width: number) => ({ x, y: 0, width, height: 64 });

describe('layers of different sizes', () => {
  it('stand in line by their beginnings, middles and ends', () => {
    const boxes = [at(0, 152), at(100, 232)];
    expect(aligned(boxes, 'x', 0)).toEqual([0, 0]);
    expect(aligned(boxes, 'x', 0.5)).toEqual([90, 50]);
    expect(aligned(boxes, 'x', 1)).toEqual([180, 100]);
    expect(aligned(boxes, 'y', 0.5)).toEqual([0, 0]);
  });

  it('are as wide, in a network that runs down, as their ports need', () => {
    const names = Array.from({ length: 16 }, (_, index) => `in${index}`);
    const right = networkOf(
      { ...Object.fromEntries(names.map((name) => [name, ['input', { shape: [8, 8, 1] }] as const])), sum: ['add'] },
      names.map((name, index) => `${name} → sum:inputs.${index}`),
    );
    const down = applyEdits(right, [{ kind: 'direct', direction: 'down', graph: 'network' }]);
    const boxIn = (document: typeof down) =>
      boxesOf({ document, graph: document.graph, ref: 'network', selection: nothingSelected }, ['sum'])[0]?.box;
    expect(boxIn(down)?.width).toBeGreaterThan(152);
    expect(boxIn(right)?.height).toBe(boxIn(down)?.width);
    expect(boxIn(right)?.width).toBe(152);
  });
});
