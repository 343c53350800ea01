import { expect, it } from 'vitest';
import { NODE_WIDTH } from './geometry';
import { shownSkips, skipArcs } from './skipArcs';

it('a stack shows a skip wire a copy, at most four, side by side over its upper edge', () => {
  expect([1, 3, 36].map(shownSkips)).toEqual([1, 3, 4]);
  const numbers = (skipArcs(2, { width: NODE_WIDTH, height: 64 }, 'right', { x: 100, y: 50 }).match(/-?[\d.]+/g) ?? []).map(Number);
  const points = Array.from({ length: numbers.length / 2 }, (_, index) => ({ x: numbers[2 * index] ?? 0, y: numbers[2 * index + 1] ?? 0 }));
  expect(points).toHaveLength(8);
  expect([points[0]?.x, points[3]?.x, points[4]?.x, points[7]?.x]).toEqual([120, 176, 176, 100 + NODE_WIDTH - 20]);
  expect(points.every(({ x, y }) => x >= 100 && x <= 100 + NODE_WIDTH && y <= 50)).toBe(true);
});

it('stands at the right edge of a stack in a graph that runs down, where no wire comes or goes', () => {
  expect(skipArcs(1, { width: 150, height: 64 }, 'down')).toBe(`M150,8 C${150 + 14 / 0.75},8 ${150 + 14 / 0.75},56 150,56`);
});
