import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCrossings, findCrossings as findAmong, type Course } from './crossings';
import { boundsOfPoints } from './geometry';
import { wirePath } from './wirePath';

const level = {
  id: 'level',
  origin: 'a y',
  corners: [
    { x: 0, y: 50 },
    { x: 200, y: 50 },
  ],
};
const upright = {
  id: 'upright',
  origin: 'b y',
  corners: [
    { x: 100, y: 0 },
    { x: 100, y: 100 },
  ],
};

const findCrossings = (courses: readonly Omit<Course, 'bounds'>[]) =>
  findAmong(new Map(courses.map((course) => [course.id, { ...course, bounds: boundsOfPoints(course.corners) }])));

describe('where wires cross', () => {
  it('the level one hops over the upright one', () => {
    expect(findCrossings([level, upright])).toEqual(new Map([['level', [{ x: 100, y: 50 }]]]));
    expect(wirePath({ x: 0, y: 50 }, { x: 200, y: 50 }, { hops: [{ x: 100, y: 50 }] }).d).toBe('M0,50 L95,50 A5,5 0 0 1 105,50 L200,50');
  });

  it('branches from one port do not hop over each other', () => {
    expect(findCrossings([level, { ...upright, origin: level.origin }]).size).toBe(0);
  });

  it('nothing hops where there is no room for it, nor where two only touch', () => {
    const atEnd = {
      ...upright,
      corners: [
        { x: 196, y: 0 },
        { x: 196, y: 100 },
      ],
    };
    const touching = {
      ...upright,
      corners: [
        { x: 100, y: 50 },
        { x: 100, y: 100 },
      ],
    };
    expect(findCrossings([level, atEnd]).size).toBe(0);
    expect(findCrossings([level, touching]).size).toBe(0);
  });

  it('two upright ones side by side are one hop', () => {
    const beside = {
      ...upright,
      id: 'beside',
      origin: 'c y',
      corners: [
        { x: 104, y: 0 },
        { x: 104, y: 100 },
      ],
    };
    expect(findCrossings([level, upright, beside]).get('level')).toHaveLength(1);
  });

  it('from one edit to the next they are what they are from nothing', () => {
    const place = fc.integer({ min: 0, max: 30 }).map((step) => step * 12);
    const course = fc
      .record({ id: fc.integer({ min: 0, max: 40 }), origin: fc.integer({ min: 0, max: 9 }), x: place, y: place, to: place, down: place })
      .map(({ id, origin, x, y, to, down }): Course => {
        const [turn, level] = [(x + to) / 2, y + down];
        const corners = [
          { x, y },
          { x: turn, y },
          { x: turn, y: level },
          { x: to, y: level },
        ];
        return { id: `e${id}`, origin: `${origin} y`, corners, bounds: boundsOfPoints(corners) };
      });
    const step = fc.record({ come: fc.array(course, { maxLength: 12, size: 'medium' }), go: fc.array(fc.nat(), { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6, size: 'medium' }), (steps) => {
        const crossingsNow = createCrossings();
        let before = new Map<string, Course>();
        const courses = new Map<string, Course>();
        for (const { come, go } of steps) {
          for (const index of go) courses.delete([...courses.keys()][index % (courses.size || 1)] ?? '');
          for (const each of come) courses.set(each.id, each);
          const touched = [...before.keys(), ...courses.keys()].filter((id) => before.get(id) !== courses.get(id));
          before = new Map(courses);
          expect(crossingsNow(before, touched)).toEqual(findAmong(before));
        }
      }),
      { numRuns: 200 },
    );
  });
});
