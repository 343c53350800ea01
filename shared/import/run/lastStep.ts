import { note, type Run } from './run';
import type { TensorRef, Value } from './values';

/** The port by which a recurrent layer's last step is meant, until it is known whether anything reads the others. */
const LAST = 'last';
const RECURRENT = new Set(['lstm', 'gru', 'simpleRnn', 'bidirectional']);

/** The last step of what a recurrent layer gives, as `out[:, -1, :]` and its last state are; undefined for other tensors. */
export function lastStepOf({ layers }: Run, value: Value): Value | undefined {
  if (value.kind !== 'tensor' || value.of === 'incoming' || !RECURRENT.has(layers[value.of.layer]?.type ?? '')) return undefined;
  return { kind: 'tensor', of: { layer: value.of.layer, port: LAST } };
}

export function isLastStep(value: Value): boolean {
  return value.kind === 'tensor' && value.of !== 'incoming' && value.of.port === LAST;
}

/** PyTorch joins the last states of both directions, which are parts of one tensor there: one output here. */
export function areBothDirections({ layers }: Run, values: readonly Value[]): boolean {
  const places = values.map((value) => (value.kind === 'tensor' && value.of !== 'incoming' && isLastStep(value) ? value.of.layer : -1));
  const [first = -1] = places;
  return layers[first]?.type === 'bidirectional' && places.every((place) => place === first);
}

/** Layers of which only the last step is read give only that. */
export function takeLastSteps(run: Run): void {
  const { layers } = run;
  for (const [index, layer] of layers.entries()) {
    if (!RECURRENT.has(layer.type)) continue;
    const uses = layers
      .flatMap(({ inputs }) => inputs)
      .filter((source): source is TensorRef => typeof source === 'object' && source.layer === index);
    if (!uses.some(({ port }) => port === LAST)) continue;
    if (uses.every(({ port }) => port === LAST)) layers[index] = { ...layer, params: { ...layer.params, returnSequences: false } };
    else note(run, layer.line, 'Both all steps and the last one of this layer are read; here all of them are.');
  }
}
