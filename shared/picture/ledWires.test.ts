import { describe, expect, it } from 'vitest';
import { wireCorners, wirePath } from './wirePath';

const [source, target] = [
  { x: 0, y: 0 },
  { x: 200, y: 100 },
];

describe('a wire that a person led', () => {
  it('turns where it was led to, and runs level where it was led to', () => {
    expect(wireCorners(source, target, { route: { turn: 40 } }).map(({ x }) => x)).toEqual([0, 40, 40, 200]);
    expect(wireCorners(source, target, { route: { lane: -60 } }).filter(({ y }) => y === -60)).toHaveLength(2);
  });

  it('goes there before any way that was found for it, and back to that without it', () => {
    const found = { lane: 150 };
    expect(wireCorners(source, target, { ...found, route: { lane: -60 } }).some(({ y }) => y === 150)).toBe(false);
    expect(wirePath(source, target, { ...found, route: undefined })).toEqual(wirePath(source, target, found));
  });

  it('keeps its way when its beginning moves: it is told from there', () => {
    const moved = wireCorners({ x: 0, y: 30 }, target, { route: { lane: -60 } });
    expect(moved.filter(({ y }) => y === -30)).toHaveLength(2);
  });
});

it('branches of one port turn off right behind it, and a straight one has its label in the rest of the gap', () => {
  expect(wireCorners(source, target, { forks: true })[1]).toEqual({ x: 18, y: 0 });
  expect(wirePath(source, { x: 88, y: 0 }, { forks: true })).toMatchObject({ label: { x: 53, y: 0 }, room: 70 });
});
