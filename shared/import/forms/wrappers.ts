import { samePlain } from '../../graph/samePlain';
import { findLayer } from '../../layers/index';
import { snakeCase } from '../../layers/snakeCase';
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
  if (call.className === 'Bidirectional') return bothWays(call, args, steps, stepsOf);
  return call.className === 'TimeDistributed' ? ofEveryStep(steps) : undefined;
}

function bothWays(call: Call, args: readonly CallArgument[], inner: readonly Step[], stepsOf: StepsOf): readonly Step[] | undefined {
  const [one, ...rest] = inner;
  if (!one || rest.length > 0 || !RECURRENT.has(one.type)) return undefined;
  const mode = (args.find(({ name }) => name === 'merge_mode') ?? args.filter(({ name }) => name === undefined)[1])?.value;
  const merge = mode ? dataOf(mode) : 'concat';
  if (typeof merge !== 'string' || !['concat', 'sum', 'mul', 'ave'].includes(merge))
    call.note(`${shownArgument('merge_mode', merge)} cannot be; both outputs are put side by side`);
  const backward = args.find(({ name }) => name === 'backward_layer')?.value;
  if (backward?.kind === 'layer') ofAnother(call, one, stepsOf({ ...call, className: backward.recipe.className }, backward.recipe.args));
  else if (backward && dataOf(backward) !== null) call.note('backward_layer is not known; both directions are alike here');
  return bidirectionalOf(call, one, merge);
}

/** What `backward_layer` says; that it reads backwards is meant. */
function ofAnother(call: Call, forward: Step, backward: readonly Step[] | undefined): void {
  const [other] = backward ?? [];
  const differing = Object.keys(forward.params).filter(
    (name) => name !== 'goBackwards' && !samePlain(forward.params[name], other?.params[name]),
  );
  const what =
    other?.type !== forward.type ? 'is of another kind' : differing.length > 0 ? `has another ${differing.map(snakeCase).join(', ')}` : '';
  if (what !== '') call.note(`backward_layer ${what}; here both directions are like the first layer`);
}

function ofEveryStep(inner: readonly Step[]): readonly Step[] | undefined {
  const isStepwise = inner.length > 0 && inner.every(({ type }) => STEPWISE.has(type) || findLayer(type)?.category === 'activation');
  return isStepwise ? inner : undefined;
}
