import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Params, ParamValue } from '../graph/graph';
import { analyze } from '../infer/analyze';
import type { AnyLayer, LayerExample } from '../layers/define';
import { allLayers } from '../layers/index';
import { paramFields, type ParamField } from '../layers/paramFields';
import { parseParams } from '../layers/parse';
import { networkOfExample } from '../testing/exampleNetwork';
import { importCode } from './importCode';

function facts(layer: AnyLayer, example: LayerExample, params: Params) {
  const document = networkOfExample(layer, { ...example, params });
  const known = analyze(document).nodes.get('layer');
  const parsed = parseParams(layer, params);
  if (!known || known.problems.length > 0 || !parsed.ok) return undefined;
  const inputs = Object.fromEntries(
    layer.inputs.map(({ name, variadic }) => [
      name,
      variadic ? Object.entries(known.inputs).flatMap(([port, type]) => (port.startsWith(`${name}.`) ? [type] : [])) : known.inputs[name],
    ]),
  );
  return { params: parsed.value, inputs: inputs as never, context: { dataFormat: document.dataFormat } };
}

function torchCode(layer: AnyLayer, example: LayerExample, params: Params): string | undefined {
  const found = facts(layer, example, params);
  const record = found && layer.torch(found.params, found.inputs, found.context);
  if (!record || 'unsupported' in record || record.init === undefined) return undefined;
  // What `forward` adds, and modules made of several, are not one call.
  if (record.forward !== undefined || !/^nn\.(?!Sequential|ModuleList)\w+\(/.test(record.init)) return undefined;
  // No zeros are none.
  return record.init.replace(', padding=(0, 0)', '');
}

function kerasCode(layer: AnyLayer, example: LayerExample, params: Params): string | undefined {
  const found = facts(layer, example, params);
  const record = found && layer.keras(found.params, found.inputs, found.context);
  if (!record || 'unsupported' in record || !('className' in record)) return undefined;
  // Keras's code is channels last, and has no objects written out.
  if (found.context.dataFormat === 'channelsFirst' || Object.values(record.config).some(isRecord)) return undefined;
  const args = Object.entries(record.config).map(([name, value]) => `${name}=${python(value)}`);
  return `layers.${record.className}(${args.join(', ')})`;
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function python(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `(${value.map(python).join(', ')}${value.length === 1 ? ',' : ''})`;
  return typeof value === 'number' ? String(value) : `'${value as string}'`;
}

const printers: Readonly<Record<'torch' | 'keras', typeof torchCode>> = { torch: torchCode, keras: kerasCode };

function valueOf({ control }: ParamField): fc.Arbitrary<ParamValue> | undefined {
  switch (control.kind) {
    case 'number': {
      const { min = 0, max = 64, integer, nullable } = control;
      const top = Math.min(max, integer ? 64 : 1);
      const number: fc.Arbitrary<ParamValue> = integer
        ? fc.integer({ min: Math.max(min, 1), max: top })
        : fc.integer({ min: Math.ceil(Math.max(min, 0.001) * 1000), max: Math.floor(top * 1000) }).map((share) => share / 1000);
      return nullable ? fc.option(number) : number;
    }
    case 'pair':
      // Odd sizes: an even one has no padding that is the same on both sides, which is all that PyTorch can say.
      return fc.tuple(fc.constantFrom(1, 3, 5), fc.constantFrom(1, 3, 5));
    case 'choice':
      return fc.constantFrom(...control.options);
    case 'flag':
      return fc.boolean();
    default:
      return undefined;
  }
}

function paramsOf(layer: AnyLayer, { params = {} }: LayerExample): fc.Arbitrary<Params> {
  const fields = paramFields(layer).flatMap((field): [string, fc.Arbitrary<ParamValue>][] => {
    const value = valueOf(field);
    return value ? [[field.name, value]] : [];
  });
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] }).map((own) => ({ ...(params as Params), ...(own as Params) }));
}

/** Layers whose arguments in Keras are their parameters, in their order. */
const SAME_IN_KERAS: ReadonlySet<string> = new Set(
  'permute repeatVector reshape elu leakyRelu silu add multiply average maximum minimum concatenate gaussianNoise gaussianDropout'.split(
    ' ',
  ),
);

const cases = (framework: 'torch' | 'keras') =>
  allLayers
    .filter(({ docs, type }) => (framework === 'torch' ? docs.torchCalls : (docs.kerasCalls ?? SAME_IN_KERAS.has(type))))
    .flatMap((layer) => layer.examples.map((example) => ({ layer, example, framework })))
    .filter(({ layer, example }) => printers[framework](layer, example, (example.params ?? {}) as Params) !== undefined);

/** Layers that share a class with another one, which is what is read. */
const TWINS: ReadonlySet<string> = new Set(['activation', 'identity', 'flatten', 'spatialDropout2d', 'stochasticDepth']);

describe.each(['torch', 'keras'] as const)('what the layers print for %s', (framework) => {
  const all = cases(framework);

  it('is read for most layers', () => {
    expect(new Set(all.map(({ layer }) => layer.type)).size).toBeGreaterThan(18);
  });

  it.each(all.map(({ layer, example }, index) => ({ title: `${layer.type} ${index}`, layer, example })))(
    '$title: is read back as what prints the same',
    ({ layer, example }) => {
      fc.assert(
        fc.property(paramsOf(layer, example), (params) => {
          const code = printers[framework](layer, example, params);
          // PyTorch’s “same” is for strides of 1; what it is for others is no argument.
          if (code === undefined || (framework === 'torch' && params['padding'] === 'same')) return;
          const result = importCode(`Sequential([${code}])`, example.dataFormat ?? 'channelsLast');
          if (!result?.ok) throw new Error(`${code}: ${result?.error.message ?? 'not recognised'}`);
          const nodes = Object.values(result.value.clip.graph.nodes);
          expect(result.value.unknown, code).toEqual([]);
          if (TWINS.has(layer.type)) return;
          expect(
            nodes.map(({ type }) => type),
            code,
          ).toEqual([layer.type]);
          const read = nodes[0]?.params ?? {};
          expect(printers[framework](layer, example, read), JSON.stringify(read)).toBe(code);
        }),
        { numRuns: 30 },
      );
    },
  );
});
