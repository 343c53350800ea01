import { formatShape, type TensorType } from '../graph/tensor';
import type { Value } from './builder';
import type { Operation, Program } from './program';

/**
 * The program as text, one operation a line:
 * `%7 = conv %0 %1 {strides: 1,1 · …} : N×8×8×16`.
 */
export function printProgram({ name, inputs, variables, operations, outputs, updates, guard }: Program): string {
  return [
    `program ${name}`,
    ...inputs.map((input) => `  ${reference(input.value)} = input ${input.name} : ${typeText(input.value.type)}`),
    ...variables.map((variable) => `  ${reference(variable.value)} = ${variable.role} ${variable.name} : ${typeText(variable.value.type)}`),
    ...operations.map(operationLine),
    ...updates.map(({ variable, value }) => `  update ${reference(variable)} ← ${reference(value)}`),
    ...(guard ? [`  guard ${reference(guard)}`] : []),
    ...outputs.map((output) => `  output ${output.name} = ${reference(output.value)}`),
    '',
  ].join('\n');
}

function operationLine({ primitive, inputs, attributes, outputs }: Operation): string {
  const entries = Object.entries(attributes).map(([key, value]) => `${key}: ${attributeText(value)}`);
  const parts = [primitive, ...inputs.map(reference), ...(entries.length > 0 ? [`{${entries.join(' · ')}}`] : [])];
  return `  ${outputs.map(reference).join(', ')} = ${parts.join(' ')} : ${outputs.map((output) => typeText(output.type)).join(', ')}`;
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
