import { formOfFunction } from '../forms/forms';
import { reshaped } from '../forms/specials';
import { applyLayer, fedBy, placeSteps, placeUnknown, sourcesOf } from './apply';
import { asResult, isResult } from './results';
import { note, type Run } from './run';
import { dataOf, UNKNOWN, type CallArgument, type Data, type Source, type Value } from './values';

/** `F.relu(x)`, `torch.flatten(x, 1)`, `x.view(…)`. */
export function applyFunction(run: Run, name: string, input: Value, rest: readonly CallArgument[], line: number): Value {
  const inputs = sourcesOf(input);
  if (name === 'view' || name === 'reshape') return reshape(run, inputs, rest, line);
  if (name === 'mean' && sameAxes(rest)) return placeSteps(run, [{ type: 'globalAveragePooling2d', params: {} }], inputs, line);
  const form = formOfFunction(run.framework, name === 'interpolate' ? 'upsample' : name);
  const recipe = { className: form?.className ?? name, args: withoutMode(rest), line };
  if (form) {
    const given = applyLayer(run, { kind: 'layer', recipe, name: undefined, uses: 0 }, inputs, line);
    return isResult(input) ? asResult(run, given) : given;
  }
  if (/^(backward|numpy|tolist|argmax|topk)$/.test(name)) return UNKNOWN;
  if (
    /^(contiguous|clone|pack_padded_sequence|pad_packed_sequence|to|float|cuda|cpu|detach|squeeze|unsqueeze|size|dim|type|numel|item|Tensor|print|summary)$/.test(
      name,
    )
  )
    return name === 'size' || name === 'dim' || name === 'numel' ? UNKNOWN : input;
  return isResult(input) ? UNKNOWN : placeUnknown(run, recipe, inputs, undefined);
}

/** `F.dropout(x, 0.5, training=self.training)`. */
function withoutMode(args: readonly CallArgument[]): readonly CallArgument[] {
  return args.filter(({ name }) => name !== 'training');
}

/** Over height and width, however that is written. */
function sameAxes(args: readonly CallArgument[]): boolean {
  const axes = args.map(({ value }) => dataOf(value)).flat();
  const numbers = axes.filter((axis) => typeof axis === 'number');
  return numbers.length === axes.length && ['2,3', '-2,-1', '-1,-2', '3,2', '1,2'].includes(numbers.join());
}

/** `x.view(n, -1)` is a row; other sizes are the sizes of a sample. */
function reshape(run: Run, inputs: readonly (Source | undefined)[], args: readonly CallArgument[], line: number): Value {
  const [only] = args;
  const values: readonly (Data | undefined)[] =
    only && args.length === 1 && only.value.kind === 'list' ? only.value.items.map(dataOf) : args.map(({ value }) => dataOf(value));
  const sizes = values.slice(1);
  if (sizes.length === 1) return placeSteps(run, [{ type: 'flatten', params: {} }], inputs, line);
  const steps = sizes.every((size) => typeof size === 'number')
    ? reshaped(
        {
          framework: run.framework,
          className: 'reshape',
          dataFormat: run.dataFormat,
          values: new Map(),
          unsaid: new Map(),
          note: () => undefined,
        },
        sizes,
      )
    : undefined;
  if (steps) return placeSteps(run, steps, inputs, line);
  note(run, line, 'The sizes of this reshape are not plain numbers; it is left out.');
  return fedBy(inputs[0]);
}
