import { formatShape, type TensorType } from '../graph/tensor';
import type { Value } from './builder';
import type { Operation, Program } from './program';

/** Whose operations are printed, and what a layer is called; left out: all of them, without a word of layers. */
export interface PrintOptions {
  /** Path of the only layer that is asked for. */
  readonly layer?: string | undefined;
  /** The name that people gave a layer. */
  nameOf(path: string): string;
}

/**
 * The operations of a program with, before each group, the layer for which they are there: those of its gradient and of its
 * optimizer's step too. With `layer`, only its own.
 */
export function printByLayer(program: Program, { layer, nameOf }: PrintOptions): string {
  const groups: { readonly origin: string | undefined; readonly lines: string[] }[] = [];
  for (const operation of program.operations) {
    if (layer !== undefined && operation.origin !== layer) continue;
    const last = groups.at(-1);
    const group = last && last.origin === operation.origin ? last : { origin: operation.origin, lines: [] };
    if (group !== last) groups.push(group);
    group.lines.push(operationLine(operation));
  }
  const heading = (origin: string | undefined) => (origin === undefined ? '# the loss and what is between' : `# ${nameOf(origin)}`);
  const operations = groups.flatMap(({ origin, lines }) => [`  ${heading(origin)}`, ...lines]);
  if (layer === undefined) return printed(program, operations);
  return [`program ${program.name}`, ...(operations.length > 0 ? operations : ['  # nothing is computed for this layer']), ''].join('\n');
}

/**
 * The program as text, one operation a line:
 * `%7 = conv %0 %1 {strides: 1,1 · …} : N×8×8×16`, with ` after %6` where it waits for that.
 */
export function printProgram(program: Program): string {
  return printed(program, program.operations.map(operationLine));
}

function printed({ name, inputs, variables, outputs, updates, guard }: Program, operations: readonly string[]): string {
  return [
    `program ${name}`,
    ...inputs.map((input) => `  ${reference(input.value)} = input ${input.name} : ${typeText(input.value.type)}`),
    ...variables.map((variable) => `  ${reference(variable.value)} = ${variable.role} ${variable.name} : ${typeText(variable.value.type)}`),
    ...operations,
    ...updates.map(({ variable, value }) => `  update ${reference(variable)} ← ${reference(value)}`),
    ...(guard ? [`  guard ${reference(guard)}`] : []),
    ...outputs.map((output) => `  output ${output.name} = ${reference(output.value)}`),
    '',
  ].join('\n');
}

function operationLine({ primitive, inputs, attributes, outputs, after }: Operation): string {
  const entries = Object.entries(attributes).map(([key, value]) => `${key}: ${attributeText(value)}`);
  const parts = [primitive, ...inputs.map(reference), ...(entries.length > 0 ? [`{${entries.join(' · ')}}`] : [])];
  const types = outputs.map((output) => typeText(output.type)).join(', ');
  return `  ${outputs.map(reference).join(', ')} = ${parts.join(' ')} : ${types}${after ? ` after ${reference(after)}` : ''}`;
}

function reference({ id }: Value): string {
  return `%${id}`;
}

function typeText({ dtype, shape }: TensorType): string {
  const sizes = formatShape(shape, { batch: true });
  return dtype === 'float32' ? sizes : `${sizes} ${dtype}`;
}

const LONGEST = 8;

function attributeText(value: unknown): string {
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return listText(Array.from(value as ArrayLike<unknown>));
  if (typeof value === 'object' && value !== null && 'terms' in value) return formatShape([value as never], { batch: true });
  return String(value);
}

function listText(values: readonly unknown[]): string {
  const shown = values.slice(0, LONGEST).map(attributeText);
  return `[${[...shown, ...(values.length > LONGEST ? [`… ${values.length} in all`] : [])].join(', ')}]`;
}
