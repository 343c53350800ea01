import type { CallArgument } from '../run/values';

/** What Keras 1 calls its arguments, in the words of later ones. */
const LATER: Readonly<Record<string, string>> = {
  output_dim: 'units',
  nb_filter: 'filters',
  filter_length: 'kernel_size',
  border_mode: 'padding',
  subsample: 'strides',
  subsample_length: 'strides',
  stride: 'strides',
  pool_length: 'pool_size',
  bias: 'use_bias',
  p: 'rate',
  sigma: 'stddev',
  init: 'kernel_initializer',
  inner_init: 'recurrent_initializer',
  inner_activation: 'recurrent_activation',
  dropout_W: 'dropout',
  dropout_U: 'recurrent_dropout',
  W_regularizer: 'kernel_regularizer',
  U_regularizer: 'recurrent_regularizer',
  b_regularizer: 'bias_regularizer',
  W_constraint: 'kernel_constraint',
  b_constraint: 'bias_constraint',
};

/** Arguments as later versions of Keras have them: `Convolution2D(32, 3, 3, border_mode='same')` has a kernel of 3×3. */
export function fromKeras1(className: string, args: readonly CallArgument[]): readonly CallArgument[] {
  const renamed = args.map(({ name, value }) => ({ name: laterName(className, name), value }));
  const rows = rowsAndColumns(className, args);
  if (!rows) return renamed;
  return [
    ...renamed.filter((_, index) => !rows.includes(args[index] as CallArgument)),
    { name: 'kernel_size', value: { kind: 'list', items: rows.map(({ value }) => value) } },
  ];
}

function laterName(className: string, name: string | undefined): string | undefined {
  // An embedding has its `output_dim` to this day.
  if (name === undefined || !Object.hasOwn(LATER, name) || className === 'Embedding') return name;
  return LATER[name];
}

/** `nb_row` and `nb_col`, or the numbers in their places; later ones have strides in the place of the columns. */
function rowsAndColumns(className: string, args: readonly CallArgument[]): readonly CallArgument[] | undefined {
  const named = ['nb_row', 'nb_col'].flatMap((wanted) => args.find(({ name }) => name === wanted) ?? []);
  if (named.length === 2) return named;
  const placed = args.filter(({ name }) => name === undefined).slice(1, 3);
  const isNumber = ({ value }: CallArgument) => value.kind === 'plain' && typeof value.value === 'number';
  return className === 'Convolution2D' && placed.length === 2 && placed.every(isNumber) ? placed : undefined;
}
