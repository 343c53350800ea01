import { describe, expect, it } from 'vitest';
import { resnet } from '../blocks/templates/resnet';
import { buildTemplate } from '../blocks/templates/template';
import { activityConcern, activityInWords, activityLevel, activityOf, magnitude, share } from './activity';
import { analyze } from './analyze';

const document = buildTemplate(resnet, 'test', { layers: 18 });
const analysis = analyze(document);
const [stage = ''] = Object.values(document.graph.nodes)
  .filter(({ name }) => name === 'stage2')
  .map(({ id }) => id);
const inStage = analysis.order.filter((path) => path.startsWith(`${stage}[`));
const nameOf = (path: string) => analysis.flat.nodes.get(path)?.name ?? path;
const figures = (path: string, rms: number | null, zeros = 0, silent = 0) => ({ path, rms, zeros, silent });

describe('the activity of a network', () => {
  it('is of a block that of its result, with the range inside and the most silent layer', () => {
    const layers = inStage.map((path, index) => figures(path, index + 1, index === 3 ? 0.5 : 0, index === 3 ? 0.25 : 0));
    const block = activityOf(analysis, layers).get(stage);
    expect(block?.rms).toBe(inStage.length);
    expect(nameOf(inStage.at(-1) ?? '')).toMatch(/add$/);
    expect(block?.inside).toMatchObject({ layers: inStage.length, least: 1, most: inStage.length, broken: null });
    expect(block && activityInWords(block, nameOf)).toBe(
      `magnitude 10; inside from 1 to 10; most silent: ${nameOf(inStage[3] ?? '')}, 25 % of its channels`,
    );
  });

  it('names the first layer inside a block whose numbers are none', () => {
    const layers = inStage.map((path, index) => figures(path, index < 2 ? 1 : null));
    const block = activityOf(analysis, layers).get(stage);
    expect(block && activityConcern(block)).toBe('broken');
    expect(block && activityInWords(block, nameOf)).toBe(
      `not a finite number; inside, ${nameOf(inStage[2] ?? '')} is the first that is not a finite number`,
    );
  });

  it('of a block that was changed since is that of its most silent layer', () => {
    const block = activityOf(analysis, [figures(`${stage}[1]/gone`, 3), figures(`${stage}[1]/too`, 2, 0.5)]).get(stage);
    expect(block).toMatchObject({ path: stage, rms: 2, zeros: 0.5 });
  });

  it('has a scale of tenfold steps with 1 in the middle', () => {
    expect([0, 1e-9, 0.01, 0.4, 1, 3, 4, 100, 1e9].map(activityLevel)).toEqual([0, 0, 1, 3, 3, 3, 4, 5, 5]);
  });

  it('is a concern where half of the channels give nothing, or nothing comes out', () => {
    expect(activityConcern(figures('a', 1, 0.9, 0.4))).toBeUndefined();
    expect(activityConcern(figures('a', 1, 0.9, 0.5))).toBe('silent');
    expect(activityConcern(figures('a', 0, 1, 1))).toBe('silent');
    expect(activityConcern(figures('a', null))).toBe('broken');
  });

  it('is told in figures that a person reads', () => {
    expect([0, 0.83419, 12.5, 1234.5, 1.23e-7, 56_789].map(magnitude)).toEqual(['0', '0.834', '12.5', '1230', '1.2e-7', '5.7e+4']);
    expect([0, 0.001, 0.52, 0.999, 1].map(share)).toEqual(['0 %', '< 1 %', '52 %', '> 99 %', '100 %']);
  });
});
