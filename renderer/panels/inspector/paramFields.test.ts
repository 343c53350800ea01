import { describe, expect, it } from 'vitest';
import { allLayers, findLayer } from '../../../shared/layers/index';
import { defaultParams } from '../../../shared/layers/parse';
import { fits, labelOf, paramFields } from '../../../shared/layers/paramFields';
import { parseSizes } from './sizes';

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
    expect(kernelSize).toMatchObject({ label: 'Kernel size', default: [3, 3], control: { kind: 'pair', min: 1, max: 255 } });
  });

  it('reads like words', () => expect(labelOf('kernelInitializer')).toBe('Kernel initializer'));
});

describe('sizes in a row', () => {
  it('are numbers and capital letters', () => {
    expect(parseSizes('28 × 28 × 1')).toEqual({ ok: true, value: [28, 28, 1] });
    expect(parseSizes('H, W, 3')).toEqual({ ok: true, value: ['H', 'W', 3] });
    expect(parseSizes('')).toEqual({ ok: true, value: [] });
  });
  it('are refused in words', () => {
    expect(parseSizes('28 × 0')).toEqual({
      ok: false,
      error: '“0” is not a size: a whole number from 1 on, or a capital letter such as H.',
    });
    expect(parseSizes('1 2 3 4 5 6 7').ok).toBe(false);
  });
});
