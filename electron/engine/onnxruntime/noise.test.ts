import { expect, it } from 'vitest';
import { BATCH } from '../../../shared/graph/dim';
import { dropped, normal } from '../../../shared/layers/regularization/_noise';
import { builderOf } from '../../../shared/program/builderOf';
import { loadOnnxruntime } from './library';
import { createRunner } from './runner';

const COUNT = 20_000;

it('noise has the moments of its distribution, and what is dropped together is dropped together', async () => {
  const builder = builderOf();
  const x = builder.input('x', { dtype: 'float32', shape: [BATCH, 4] });
  builder.output('normal', normal(builder, [BATCH, 4]));
  builder.output('rows', dropped(builder, x, 0.25, [BATCH, 1]));
  const runner = await createRunner(loadOnnxruntime(), builder.build('noise'));
  const ones = { dtype: 'float32' as const, shape: [COUNT, 4], data: new Float32Array(COUNT * 4).fill(1) };
  const { outputs } = await runner.run({ x: ones, seed: { dtype: 'int32', shape: [2], data: Int32Array.of(5, 1) } }, new Map());
  await runner.release();

  const moment = (power: number) => mean(Array.from(outputs['normal']?.data ?? [], (value) => value ** power));
  // Five standard errors of each mean over 80,000 numbers: √(1, 2, 15, 96) / √80,000.
  expect(Math.abs(moment(1))).toBeLessThan(0.018);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.025);
  expect(Math.abs(moment(3))).toBeLessThan(0.07);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.175);

  const rows = Array.from({ length: COUNT }, (_, row) => Array.from(outputs['rows']?.data.slice(row * 4, row * 4 + 4) ?? []));
  for (const row of rows) expect(new Set(row).size).toBe(1);
  // Kept with probability 3/4 and scaled by 4/3: the mean stays; five standard errors of √(1/3 / 20,000).
  expect(Math.abs(mean(rows.map(([first = 0]) => first)) - 1)).toBeLessThan(0.021);
  expect(new Set(rows.map(([first = 0]) => Math.round(first * 3)))).toEqual(new Set([0, 4]));
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
