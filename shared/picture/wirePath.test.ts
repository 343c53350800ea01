import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from './geometry';
import { clearLane } from './lanes';
import { wirePath } from './wirePath';

describe('a wire', () => {
  it('between ports of one height is straight, its label in the middle', () => {
    expect(wirePath({ x: 0, y: 10 }, { x: 100, y: 10 })).toEqual({ d: 'M0,10 L100,10', label: { x: 50, y: 10 }, room: 100 });
  });

  it('to another height turns twice, half-way, with round corners', () => {
    const { d } = wirePath({ x: 0, y: 0 }, { x: 200, y: 100 });
    expect(d).toBe('M0,0 L92,0 Q100,0 100,8 L100,92 Q100,100 108,100 L200,100');
  });

  it('in a narrow gap has its label on the upright piece, clear of both layers', () => {
    expect(wirePath({ x: 0, y: 0 }, { x: 88, y: 100 })).toMatchObject({ label: { x: 44, y: 50 }, room: 88 });
  });

  it('in a lane leaves and enters its ports level', () => {
    const { d, label } = wirePath({ x: 0, y: 0 }, { x: 400, y: 0 }, { lane: 90 });
    expect(d.startsWith('M0,0 L')).toBe(true);
    expect(label).toEqual({ x: 200, y: 90 });
  });

  it('begins and ends at its ports, wherever they are', () => {
    const place = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });
    fc.assert(
      fc.property(place, place, fc.option(fc.integer({ min: -500, max: 500 }), { nil: undefined }), (source, target, lane) => {
        const { d } = wirePath(source, target, { lane });
        expect(d.startsWith(`M${source.x},${source.y} `)).toBe(true);
        expect(d.endsWith(`L${target.x},${target.y}`)).toBe(true);
        expect(d).not.toMatch(/NaN|Infinity/);
      }),
    );
  });
});

describe('a lane', () => {
  const box = (x: number, y: number): Box => ({ x, y, width: 152, height: 64 });

  it('is not needed where nothing is in the way', () => {
    expect(clearLane({ x: 0, y: 32 }, { x: 500, y: 32 }, [box(100, 200)])).toBeUndefined();
  });

  it('runs clear of what is', () => {
    const { lane = NaN } = clearLane({ x: 0, y: 32 }, { x: 500, y: 32 }, [box(100, 0)]) ?? {};
    expect(lane < 0 || lane > 64).toBe(true);
  });

  it('crosses no layer between its ends, whatever stands there', () => {
    const layer = fc.record({ x: fc.integer({ min: 60, max: 700 }), y: fc.integer({ min: -300, max: 300 }) }).map(({ x, y }) => box(x, y));
    fc.assert(
      fc.property(
        fc.array(layer, { maxLength: 12 }),
        fc.integer({ min: -200, max: 200 }),
        fc.integer({ min: -200, max: 200 }),
        (boxes, from, to) => {
          const lane = clearLane({ x: 0, y: from }, { x: 900, y: to }, boxes)?.lane;
          if (lane !== undefined) for (const { y, height } of boxes) expect(lane <= y || lane >= y + height).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
