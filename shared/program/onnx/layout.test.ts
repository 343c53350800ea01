import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverse, KERNEL, permuteData } from './layout';

describe('numbers in another order', () => {
  const size = fc.integer({ min: 1, max: 20 });

  it('of a kernel are where ONNX has them', () => {
    fc.assert(
      fc.property(size, size, size, size, (height, width, channels, filters) => {
        const shape = [height, width, channels, filters] as const;
        const data = Float32Array.from({ length: height * width * channels * filters }, (_, index) => index);
        const moved = permuteData(data, shape, KERNEL);
        for (let at = 0; at < data.length; at += 1) {
          const [filter, pixel] = [at % filters, Math.floor(at / filters / channels)];
          const channel = Math.floor(at / filters) % channels;
          const to = (filter * channels + channel) * height * width + pixel;
          if (moved[to] !== at) throw new Error(`${shape.join('×')}: ${moved[to]} at ${to}, expected ${at}`);
        }
        expect(permuteData(moved, [filters, channels, height, width], inverse(KERNEL))).toEqual(data);
      }),
      { numRuns: 40 },
    );
  });

  it('are copied where nothing moves, also where there are none', () => {
    const one = Float32Array.of(3);
    const copy = permuteData(one, [1, 1, 1, 1], KERNEL);
    expect(copy).toEqual(one);
    expect(copy).not.toBe(one);
    expect(permuteData(new Float32Array(0), [3, 3, 0, 4], KERNEL)).toEqual(new Float32Array(0));
  });
});
