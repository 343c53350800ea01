import { expect, it } from 'vitest';
import type { ParamValue, Params } from '../graph/graph';
import { analyze } from '../infer/analyze';
import { allLayers } from '../layers/index';
import { defaultParams } from '../layers/parse';
import { networkOf } from '../testing/networks';
import { foundAround } from './suspects';

/** Names that every object has, as a file may give them to parameters. */
const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'] as const;
const VALUES: readonly ParamValue[] = [1, 'same', true, null, [2, 2], { prototype: { polluted: true } }];

function withNames(params: Params, value: ParamValue): Params {
  return Object.fromEntries([...Object.entries(params), ...NAMES.map((name) => [name, value] as const)]);
}

it.each(allLayers.map((layer) => [layer.type, layer] as const))(
  '%s with parameters that every object has is told as any other',
  (type, layer) => {
    for (const value of VALUES) {
      const params = withNames(defaultParams(layer), value);
      const document = networkOf({ image: ['input', { shape: [8, 8, 4] }], odd: [type, params], out: ['output'] }, [
        ...(layer.inputs.length > 0 && layer.outputs.length > 0 ? ['image → odd → out'] : []),
      ]);
      const analysis = analyze(document);
      for (const problem of analysis.problems) expect(foundAround({ document, analysis, problem }).repairs).toBeInstanceOf(Array);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  },
);
