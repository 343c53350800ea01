import { describe, expect, it } from 'vitest';
import { decimate } from './decimate';

function curve(length: number, f: (index: number) => number) {
  return { x: Float64Array.from({ length }, (_, i) => i), y: Float64Array.from({ length }, (_, i) => f(i)), length };
}

describe('decimating a curve', () => {
  it('leaves a short curve as it is', () => {
    expect(
      decimate(
        curve(4, (i) => i * i),
        100,
      ),
    ).toEqual({ x: [0, 1, 2, 3], y: [0, 1, 4, 9] });
  });

  it('keeps the first, the last, and a spike of a single step among a hundred thousand', () => {
    const { x, y } = decimate(
      curve(100_000, (i) => (i === 54_321 ? 50 : Math.sin(i / 1000))),
      200,
    );
    expect(x.length).toBeLessThanOrEqual(400);
    expect(x[0]).toBe(0);
    expect(x.at(-1)).toBe(99_999);
    expect(y[x.indexOf(54_321)]).toBe(50);
  });

  it('keeps x rising and every kept point true', () => {
    const whole = curve(5_000, (i) => Math.sin(i / 7) * i);
    const { x, y } = decimate(whole, 50);
    expect(x.every((value, index) => index === 0 || value > (x[index - 1] as number))).toBe(true);
    expect(y).toEqual(x.map((value) => whole.y[value]));
  });

  it('has the same lowest and highest value as the whole', () => {
    const whole = curve(3_333, (i) => Math.cos(i * i));
    const { y } = decimate(whole, 40);
    expect([Math.min(...y), Math.max(...y)]).toEqual([Math.min(...whole.y), Math.max(...whole.y)]);
  });

  it('leaves out what was not measured', () => {
    expect(
      decimate(
        curve(4, (i) => (i % 2 ? NaN : i)),
        10,
      ),
    ).toEqual({ x: [0, 2], y: [0, 2] });
    expect(
      decimate(
        curve(1000, () => NaN),
        10,
      ),
    ).toEqual({ x: [], y: [] });
  });
});
