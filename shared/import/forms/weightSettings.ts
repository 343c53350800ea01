import { dataOf, type CallArgument, type Data } from '../run/values';
import { camelCase } from './forms';
import { isList } from './step';

/** Arguments in their order, with Keras's defaults where ours are others: how a value of a parameter is made of a call. */
interface Setting {
  readonly args: readonly string[];
  make(given: Readonly<Record<string, Data>>): Data;
}

const withKind =
  (kind: string) =>
  (given: Readonly<Record<string, Data>>): Data => ({ kind, ...given });
const kept = (kind: string, ...args: readonly string[]): Setting => ({ args, make: withKind(kind) });
const named = (name: string): Setting => ({ args: [], make: () => name });
const penalty = (l1: number, l2: number, ...args: readonly string[]): Setting => ({ args, make: (given) => ({ l1, l2, ...given }) });

/** Keras's initializers, by class. */
const INITIALIZERS: Readonly<Record<string, Setting>> = {
  ...Object.fromEntries(
    ['GlorotUniform', 'GlorotNormal', 'HeUniform', 'HeNormal', 'LecunUniform', 'LecunNormal', 'Zeros', 'Ones'].map((name) => [
      name,
      named(lowerFirst(name)),
    ]),
  ),
  Constant: kept('constant', 'value'),
  RandomUniform: kept('randomUniform', 'minval', 'maxval'),
  RandomNormal: kept('randomNormal', 'mean', 'stddev'),
  TruncatedNormal: kept('truncatedNormal', 'mean', 'stddev'),
  VarianceScaling: kept('varianceScaling', 'scale', 'mode', 'distribution'),
  Orthogonal: kept('orthogonal', 'gain'),
};
/** Its regularizers and constraints. */
const KEEPING: Readonly<Record<string, Setting>> = {
  L1: penalty(0.01, 0, 'l1'),
  L2: penalty(0, 0.01, 'l2'),
  L1L2: penalty(0, 0, 'l1', 'l2'),
  OrthogonalRegularizer: kept('orthogonal', 'factor', 'mode'),
  MaxNorm: kept('maxNorm', 'maxValue', 'axis'),
  NonNeg: kept('nonNeg'),
  UnitNorm: kept('unitNorm', 'axis'),
  MinMaxNorm: kept('minMaxNorm', 'minValue', 'maxValue', 'rate', 'axis'),
};
const SETTINGS = { ...INITIALIZERS, ...KEEPING };
/** Keras's other names of them, as functions or in text. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  l1: 'L1',
  l2: 'L2',
  l1_l2: 'L1L2',
  l1l2: 'L1L2',
  uniform: 'RandomUniform',
  normal: 'RandomNormal',
  zero: 'Zeros',
  one: 'Ones',
  OrthogonalInitializer: 'Orthogonal',
  IdentityInitializer: 'Identity',
};
/** What has numbers of its own in any case, which a name alone leaves at Keras's. */
const NUMBERED: Readonly<Record<string, Setting>> = {
  ...KEEPING,
  Constant: INITIALIZERS['Constant'] as Setting,
  VarianceScaling: INITIALIZERS['VarianceScaling'] as Setting,
};

/** What `initializers.RandomNormal(stddev=0.1)` or `regularizers.l2(0.01)` says of a weight, in our terms; undefined where it is something else. */
export function weightSetting(path: string, args: readonly CallArgument[]): Data | undefined {
  const setting = settingOf(path);
  return setting?.make(Object.fromEntries(given(setting, args)));
}

/** The same of a name alone: `'he_normal'`, `'max_norm'`. */
export function namedSetting(name: string): Data {
  const className = classNameOf(name);
  const setting = Object.hasOwn(NUMBERED, className) ? NUMBERED[className] : undefined;
  return setting ? setting.make({}) : lowerFirst(className);
}

function settingOf(path: string): Setting | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  // There is a layer of that name too.
  if (name === 'Identity') return path.includes('initializers.') ? kept('identity', 'gain') : undefined;
  if (/^[a-z]/.test(name) && !isOfWeights(path)) return undefined;
  const className = classNameOf(name);
  return Object.hasOwn(SETTINGS, className) ? SETTINGS[className] : undefined;
}

/** Names written small: `tf.zeros` and `tf.random_normal` are something else; `he_normal` by itself was imported. */
function isOfWeights(path: string): boolean {
  return /(^|\.)(initializers|regularizers|constraints)\.|(^|\.)l[12][^.]*$|^(?:(?:glorot|he|lecun)_(?:uniform|normal)|(?:min_)?max_norm|unit_norm|non_neg)$/.test(
    path,
  );
}

function classNameOf(name: string): string {
  return OTHER_NAMES[name] ?? upperFirst(camelCase(name));
}

/** The arguments that say something, by our names; the seed is that of the run. */
function given({ args }: Setting, called: readonly CallArgument[]): readonly (readonly [string, Data])[] {
  return called.flatMap(({ name, value }, index): (readonly [string, Data])[] => {
    const own = name === undefined ? args[index] : camelCase(name);
    const data = dataOf(value);
    if (own === undefined || data === null || !args.includes(own)) return [];
    // What is not known is nothing that the layer takes.
    if (data === undefined) return [[own, null]];
    return [[own, typeof data === 'string' ? camelCase(data) : isList(data) ? data.slice(0, MOST) : data]];
  });
}

/** More axes than any weight has are refused by the layer, however many they are. */
const MOST = 9;

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
