import type { Run } from './run';
import { isWalkable, type ObjectValue, type TensorValue, type Value } from './values';

/** What a whole model of PyTorch gives where it is used, which is not in another model; Keras wires its networks there. */
export function asResult(run: Run, value: Value): Value {
  return run.framework === 'torch' && isWalkable(value) ? marked(value) : value;
}

function marked(value: Value): Value {
  if (value.kind === 'tensor') return { ...value, isResult: true };
  return value.kind === 'list' ? { kind: 'list', items: value.items.map(marked) } : value;
}

/** As a part of the network again: a model that holds layers is fed with it. */
export function asPart(value: Value): Value {
  return isResult(value) ? { kind: 'tensor', of: value.of } : value;
}

export function isResult(value: Value): value is TensorValue {
  return value.kind === 'tensor' && value.isResult === true;
}

/** `model(x) - y`: what a network gives, compared with what it does not. Two outputs that are added up are a layer. */
export function isMeasured(values: readonly Value[]): boolean {
  return values.some(isResult) && !values.every((value) => value.kind === 'tensor' && value.of !== 'incoming');
}

/** Whether an object holds anything that could learn: a loss that is written as a module does not. */
export function holdsLayers({ fields }: ObjectValue): boolean {
  return [...fields.values()].some(
    ({ kind }) => kind === 'layer' || kind === 'chain' || kind === 'list' || kind === 'dict' || kind === 'object',
  );
}
