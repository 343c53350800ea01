import { findLayer } from '../../layers/index';
import { dataOf, type CallArgument } from '../run/values';
import { bidirectionalOf } from './bidirectional';
import { shownArgument, type Call, type Step } from './step';

const RECURRENT = new Set(['lstm', 'gru', 'simpleRnn']);
/** Layers that do the same to every step of a sequence as they stand. */
const STEPWISE = new Set(['dense', 'dropout', 'activation']);

type StepsOf = (call: Call, args: readonly CallArgument[]) => readonly Step[] | undefined;

/** Keras's layers that are made of another one. Undefined where this is none of them, or where no layer here does the same. */
export function wrappedSteps(call: Call, args: readonly CallArgument[], stepsOf: StepsOf): readonly Step[] | undefined {
  if (call.framework !== 'keras') return undefined;
  const inner = args.find(({ name, value }) => value.kind === 'layer' && (name === undefined || name === 'layer'))?.value;
  if (inner?.kind !== 'layer') return undefined;
  const { className, args: own } = inner.recipe;
  const steps = stepsOf({ ...call, className }, own) ?? [];
  if (call.className === 'Bidirectional') return bothWays(call, args, steps);
  return call.className === 'TimeDistributed' ? ofEveryStep(steps) : undefined;
}

function bothWays(call: Call, args: readonly CallArgument[], inner: readonly Step[]): readonly Step[] | undefined {
  const [one, ...rest] = inner;
  if (!one || rest.length > 0 || !RECURRENT.has(one.type)) return undefined;
  const mode = args.find(({ name }) => name === 'merge_mode')?.value;
  const merge = mode ? dataOf(mode) : 'concat';
  if (typeof merge !== 'string' || !['concat', 'sum', 'mul', 'ave'].includes(merge))
    call.note(`${shownArgument('merge_mode', merge)} cannot be; both outputs are put side by side`);
  return bidirectionalOf(one, merge);
}

function ofEveryStep(inner: readonly Step[]): readonly Step[] | undefined {
  const isStepwise = inner.length > 0 && inner.every(({ type }) => STEPWISE.has(type) || findLayer(type)?.category === 'activation');
  return isStepwise ? inner : undefined;
}
