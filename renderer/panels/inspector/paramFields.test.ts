import { describe, expect, it } from 'vitest';
import { allLayers, findLayer } from '../../../shared/layers/index';
import { defaultParams } from '../../../shared/layers/parse';
import { fits, labelOf, paramFields, type ParamControl } from '../../../shared/layers/paramFields';
import { formatParam } from './formatParam';
import { parseSizes } from './sizes';
import { wholeNumbers } from './wholeNumbers';

describe('the form of a layer', () => {
  it.each(allLayers.map((layer) => [layer.type, layer] as const))(
    '%s has a control for each parameter, which shows its default',
    (_type, layer) => {
      const defaults = defaultParams(layer);
      const fields = paramFields(layer);
      expect(fields.map(({ name }) => name).toSorted()).toEqual(Object.keys(defaults).toSorted());
      for (const field of fields) {
        expect(field.default).toEqual(defaults[field.name]);
        expect(field.control.kind).not.toBe('json');
        expect(fits(field.control, field.default)).toBe(true);
        expect(field.description).toBeTruthy();
      }
    },
  );

  it('has the bounds of the schema', () => {
    const [filters, kernelSize] = paramFields(findLayer('conv2d') as NonNullable<ReturnType<typeof findLayer>>);
    expect(filters).toMatchObject({
      label: 'Filters',
      default: 32,
      control: { kind: 'number', min: 1, max: 65_536, integer: true, nullable: false },
    });
    expect(kernelSize).toMatchObject({
      label: 'Kernel size',
      default: [3, 3],
      control: { kind: 'pair', min: 1, max: 255, nullable: false },
    });
  });

  it('takes a pair, or none', () => {
    const fields = paramFields(findLayer('conv2dTranspose') as NonNullable<ReturnType<typeof findLayer>>);
    const control = fields.find(({ name }) => name === 'outputPadding')?.control as ParamControl;
    expect(control).toEqual({ kind: 'pair', min: 0, max: 254, nullable: true });
    expect([null, 1, [0, 1], 'x'].map((value) => fits(control, value))).toEqual([true, true, true, false]);
  });

  it('one kind of value of several may leave numbers out, as a file may have it', () => {
    const fields = paramFields(findLayer('dense') as NonNullable<ReturnType<typeof findLayer>>);
    const control = fields.find(({ name }) => name === 'kernelRegularizer')?.control as ParamControl;
    const values = [{ l2: 0.01 }, { kind: 'orthogonal' }, { kind: 'orthogonal', factor: 'x' }, { kind: 'other' }, 0.01];
    expect(values.map((value) => fits(control, value))).toEqual([true, true, false, false, false]);
  });

  it('a constraint may be none, and its axes are one or several', () => {
    const fields = paramFields(findLayer('dense') as NonNullable<ReturnType<typeof findLayer>>);
    const control = fields.find(({ name }) => name === 'kernelConstraint')?.control as ParamControl;
    expect(control.kind === 'kinds' && control.kinds.map(({ name, lists }) => [name, lists.map((list) => list.name)])).toEqual([
      ['maxNorm', ['axis']],
      ['nonNeg', []],
      ['unitNorm', ['axis']],
      ['minMaxNorm', ['axis']],
    ]);
    const values = [
      null,
      { kind: 'maxNorm', axis: 1 },
      { kind: 'nonNeg' },
      { kind: 'unitNorm', axis: [0, 1] },
      { kind: 'maxNorm', axis: 'x' },
    ];
    expect(values.map((value) => fits(control, value))).toEqual([true, true, true, true, false]);
    expect(values.slice(0, 4).map(formatParam)).toEqual(['none', 'maxNorm · axis 1', 'nonNeg', 'unitNorm · axis 0, 1']);
  });

  it('reads like words', () => expect(labelOf('kernelInitializer')).toBe('Kernel initializer'));
});

describe('axes in a row', () => {
  it('are whole numbers between bounds', () => {
    expect(wholeNumbers('0, 1 2', -5, 4)).toEqual({ ok: true, value: [0, 1, 2] });
    expect(wholeNumbers('(−1)', -5, 4)).toEqual({ ok: true, value: [-1] });
    expect(wholeNumbers('0, 7', -5, 4)).toMatchObject({ ok: false, error: '“7” is not a whole number from −5 to 4.' });
    expect(wholeNumbers('0, −', -5, 4)).toMatchObject({ ok: false, isUnfinished: true });
    expect(wholeNumbers(' ', -5, 4).ok).toBe(false);
  });
});

describe('sizes in a row', () => {
  const read = (text: string) => parseSizes(text, { letters: true });
  it('are numbers and capital letters', () => {
    expect(read('28 × 28 × 1')).toEqual({ ok: true, value: [28, 28, 1] });
    expect(read('H, W, 3')).toEqual({ ok: true, value: ['H', 'W', 3] });
    expect(read('')).toEqual({ ok: true, value: [] });
  });
  it.each(['? × ? × 3', '?x?x3', '(None, None, 3)', '-1, -1, 3', 'null null 3'])(
    '“%s” has a letter for each size that is not fixed',
    (text) => expect(read(text)).toEqual({ ok: true, value: ['H', 'W', 3] }),
  );
  it('of a target may be −1, for what is left, and no letters', () => {
    const target = paramFields(findLayer('reshape') as NonNullable<ReturnType<typeof findLayer>>)[0]?.control;
    expect(target).toEqual({ kind: 'sizes', letters: false, min: -1 });
    expect(parseSizes('−1 × 64', { letters: false, min: -1 })).toEqual({ ok: true, value: [-1, 64] });
    expect(parseSizes('H × 64', { letters: false, min: -1 }).ok).toBe(false);
  });
  it('are refused in words', () => {
    expect(read('28 × 0')).toEqual({
      ok: false,
      error: '“0” is not a size: a whole number from 1 on, ? or a capital letter such as H.',
    });
    expect(read('1 2 3 4 5 6 7').ok).toBe(false);
  });
});
