import type { Params, ParamValue } from '../../graph/graph';
import { samePlain } from '../../graph/samePlain';
import { findLayer } from '../../layers/index';
import { paramFields, type ParamField } from '../../layers/paramFields';
import { parseParams } from '../../layers/parse';
import { dataOf, type CallArgument, type Data } from '../run/values';
import { convert, torchPadding } from './convert';
import { camelCase, formsOf, type Form } from './forms';
import { fromKeras1 } from './keras1';
import { special } from './specials';
import { accepted, isChannels, isList, pairOf, shortened, shownArgument, type Call, type Step } from './step';
import { wrappedSteps } from './wrappers';

/** Arguments that say nothing of what the layer computes. */
const SILENT = new Set([
  'name',
  'dtype',
  'device',
  'trainable',
  'inplace',
  'input_shape',
  'batch_input_shape',
  'input_dim',
  'data_format',
  'activation',
  'seed',
  'batch_first',
  'input_length',
]);
/** How many channels or features a layer takes, in PyTorch's words. */
const EXPECTS = ['in_channels', 'in_features', 'num_features', 'num_channels', 'normalized_shape', 'input_size'];

/** The layers that a call becomes; undefined where no layer is known for its class. */
export function stepsOf(call: Call, written: readonly CallArgument[]): readonly Step[] | undefined {
  const args = call.framework === 'keras' ? fromKeras1(call.className, written) : written;
  const wrapped = wrappedSteps(call, args, stepsOf);
  if (wrapped) return wrapped;
  const form = formsOf(call.framework).get(call.className);
  const bound: Call = { ...call, ...bind(call, form, args) };
  const made = special(bound) ?? (form && plainSteps(bound, form));
  // A recurrent layer has it inside.
  const isInside = form !== undefined && paramFields(form.layer).some(({ name }) => name === 'activation');
  return made && [...made, ...(isInside ? [] : activationBehind(bound))];
}

/** Arguments by name: those without one have the name of their place. */
function bind(call: Call, form: Form | undefined, args: readonly CallArgument[]): Pick<Call, 'values' | 'unsaid'> {
  const values = new Map<string, Data | undefined>();
  const unsaid = new Map<string, string>();
  let place = 0;
  for (const { name, value } of args) {
    const own = name ?? form?.args[place]?.name ?? String(place);
    if (name === undefined) {
      if (form && form.args.length > 0 && place >= form.args.length) call.note(`argument ${place + 1} is one too many and is left out`);
      place += 1;
    }
    values.set(own, dataOf(value));
    if (value.kind === 'path' && /^[\p{Ll}_][^.]*$/u.test(value.name)) unsaid.set(own, value.name);
  }
  return { values, unsaid };
}

function plainSteps(call: Call, form: Form): readonly Step[] {
  const { layer } = form;
  const given = [...withDefaults(call, form)];
  const params: Record<string, ParamValue> = {};
  for (const [argument, value] of given) {
    const fields = fieldsFor(call, form, argument);
    if (argument === 'padding' && call.framework === 'torch' && fields.length > 0) continue;
    if (fields.length === 0) ignored(call, form, argument, value);
    for (const field of fields) setParam(call, form, params, field, argument, value);
  }
  const step: Step = { type: layer.type, params: filled(form, params), expects: expected(call) };
  return call.framework === 'torch' ? withTorchPadding(call, step) : [step];
}

/** What the call says, and what the framework takes where it says nothing. */
function withDefaults(call: Call, form: Form): ReadonlyMap<string, Data | undefined> {
  const all = new Map(call.values);
  for (const argument of form.args) if (!all.has(argument.name) && argument.default !== undefined) all.set(argument.name, argument.default);
  return all;
}

function fieldsFor({ framework }: Call, { layer }: Form, argument: string): readonly ParamField[] {
  const fields = paramFields(layer);
  if (framework === 'torch') return fields.filter(({ torch }) => torch === argument);
  const name = camelCase(argument);
  const own = fields.filter((field) => field.name === name);
  // Keras 3 calls some arguments as PyTorch does.
  return own.length > 0 ? own : fields.filter(({ torch }) => torch === argument && argument === 'negative_slope');
}

function setParam(
  call: Call,
  { layer }: Form,
  params: Record<string, ParamValue>,
  field: ParamField,
  argument: string,
  value: Data | undefined,
) {
  if (value === undefined) return call.note(`${argument} is not a plain value; ${field.label.toLowerCase()} keeps its default`);
  const converted = convert(call, field, argument, value);
  // None stands for the default.
  if (converted === null && (call.framework === 'keras' || accepted(layer.type, field, null) === undefined)) return;
  const taken = converted === undefined ? undefined : accepted(layer.type, field, converted);
  const unsaid = call.unsaid.get(argument);
  const keeps = `${field.label.toLowerCase()} keeps its default`;
  if (taken === undefined && unsaid !== undefined) call.note(`the text does not say what ${shortened(unsaid)} is; ${keeps}`);
  else if (taken === undefined) call.note(`${shownArgument(argument, value)} cannot be; ${keeps}`);
  else params[field.name] = taken;
}

/** Told where it would make another layer of it. */
function ignored(call: Call, form: Form, argument: string, value: Data | undefined): void {
  if (SILENT.has(argument) || EXPECTS.includes(argument)) return;
  if (form.layer.category === 'activation' && (argument === 'dim' || argument === 'axis')) {
    // An activation is over the channels here, which is what the axis nearly always is.
    if (value !== null && !isChannels(call, value)) call.note(`${shownArgument(argument, value)} is read as the channels`);
    return;
  }
  const usual = form.args.find(({ name }) => name === argument)?.default;
  if (value === null || (usual !== undefined && samePlain(usual, value))) return;
  const place = /^\d+$/.test(argument) ? `argument ${Number(argument) + 1}` : argument;
  call.note(`${shownArgument(place, value)} has no counterpart here and is left out`);
}

/** With the layer's own defaults. */
function filled({ layer }: Form, params: Record<string, ParamValue>): Params {
  const parsed = parseParams(layer, params);
  return parsed.ok ? (parsed.value as Params) : params;
}

function expected({ framework, values }: Call): number | undefined {
  if (framework !== 'torch') return undefined;
  const value = EXPECTS.map((name) => values.get(name)).find((found) => found !== undefined);
  if (typeof value === 'number') return value;
  return isList(value) && value.length === 1 && typeof value[0] === 'number' ? value[0] : undefined;
}

/** PyTorch says zeros in numbers; those that no padding of ours gives become a layer before it. */
function withTorchPadding(call: Call, step: Step): readonly Step[] {
  const options = findLayer(step.type)?.params;
  if (!('padding' in step.params) || !options) return [step];
  const kernel = pairOf(step.params['kernelSize']) ?? pairOf(step.params['poolSize']) ?? [1, 1];
  const padding = torchPadding(call.values.get('padding'), kernel, pairOf(step.params['dilationRate']) ?? [1, 1]);
  const named = typeof padding === 'string' ? withPadding(step, padding, call) : undefined;
  if (named) return [named];
  const transposed = withTransposedPadding(call, step, kernel);
  if (transposed) return transposed;
  if (typeof padding === 'object' && step.type.endsWith('2d') && !('poolSize' in step.params)) {
    const [left, right, top, bottom] = padding;
    return [
      { type: 'pad', params: { ...defaultsOf('pad'), mode: 'explicit', left, right, top, bottom } },
      { ...step, params: { ...step.params, padding: 'valid' } },
    ];
  }
  call.note(`${shownArgument('padding', call.values.get('padding'))} cannot be; padding keeps its default`);
  return [step];
}

/** What a transposed convolution cuts off both sides: with the kernel less the stride it gives strides times the input, which is “same”. */
function withTransposedPadding(call: Call, step: Step, kernel: readonly [number, number]): readonly Step[] | undefined {
  const pads = pairOf(call.values.get('padding') ?? 0);
  const strides = pairOf(step.params['strides']);
  if (!('outputPadding' in step.params) || !pads || !strides || step.type !== 'conv2dTranspose') return undefined;
  const added = pairOf(step.params['outputPadding'] ?? 0) ?? [0, 0];
  const dilation = pairOf(step.params['dilationRate']) ?? [1, 1];
  const isSame = pads.every((pad, axis) => {
    const span = ((kernel[axis] ?? 1) - 1) * (dilation[axis] ?? 1) + 1;
    return 2 * pad === span - (strides[axis] ?? 1) && added[axis] === 0;
  });
  if (isSame) return [{ ...step, params: { ...step.params, padding: 'same', outputPadding: null } }];
  return [
    { ...step, params: { ...step.params, padding: 'valid', outputPadding: [...added] } },
    { type: 'cropping2d', params: { ...defaultsOf('cropping2d'), top: pads[0], bottom: pads[0], left: pads[1], right: pads[1] } },
  ];
}

function withPadding(step: Step, padding: string, { values }: Call): Step | undefined {
  const takes = (value: string) => findLayer(step.type)?.params.safeParse({ ...step.params, padding: value }).success;
  if (takes(padding)) return { ...step, params: { ...step.params, padding } };
  // A sequence has no consistent padding; with strides of 1 “same” is the same.
  const strides = values.get('stride') ?? 1;
  return padding === 'consistent' && (strides === 1 || isOne(strides)) && takes('same')
    ? { ...step, params: { ...step.params, padding: 'same' } }
    : undefined;
}

function isOne(value: Data): boolean {
  return isList(value) && value.every((item) => item === 1);
}

function defaultsOf(type: string): Params {
  const layer = findLayer(type);
  const parsed = layer && parseParams(layer, {});
  return parsed?.ok ? (parsed.value as Params) : {};
}

/** Keras's `activation` of a layer is a layer of its own here. */
function activationBehind(call: Call): readonly Step[] {
  const name = call.values.get('activation');
  if (call.framework !== 'keras' || call.className === 'Activation' || typeof name !== 'string') return [];
  return activationNamed(name, call);
}

/** The layer of a Keras activation; none for `linear`. */
export function activationNamed(name: string, call: Call): readonly Step[] {
  const plainName = camelCase(name);
  if (plainName === 'linear') return [];
  const type = plainName === 'swish' ? 'silu' : plainName === 'relu6' ? 'relu' : plainName;
  const layer = findLayer(type);
  if (layer?.category !== 'activation') {
    call.note(`the activation '${name}' is not known and is left out`);
    return [];
  }
  return [{ type, params: { ...defaultsOf(type), ...(plainName === 'relu6' ? { maxValue: 6 } : {}) } }];
}
