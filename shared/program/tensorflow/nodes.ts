import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { AttrValueSchema, type AttrValue } from './generated/tensorflow/core/framework/attr_value_pb';
import { NodeDefSchema, type NodeDef } from './generated/tensorflow/core/framework/node_def_pb';
import { TensorShapeProtoSchema, type TensorShapeProto } from './generated/tensorflow/core/framework/tensor_shape_pb';
import { DataType } from './generated/tensorflow/core/framework/types_pb';
import { isKnown } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { TensorFlowAttribute, TensorFlowAttributes, TensorFlowType } from './writer';

/** Protobuf's number of an element type. */
export const dataTypes: Readonly<Record<TensorFlowType, DataType>> = {
  float32: DataType.DT_FLOAT,
  int32: DataType.DT_INT32,
  int64: DataType.DT_INT64,
  bool: DataType.DT_BOOL,
};

/** A GraphDef under construction: nodes with names of their own, equal constants once. */
export interface NodeList {
  readonly nodes: NodeDef[];
  /** Adds a node and gives its name. Control inputs are written `^name`, after the others. */
  add(type: string, inputs: readonly string[], attributes: TensorFlowAttributes, scope: string): string;
  addRaw(type: string, inputs: readonly string[], attributes: Record<string, AttrValue>, name: string): string;
  constant(data: ArrayLike<number>, shape: readonly number[], type: TensorFlowType): string;
}

/** Constants beyond this many elements are not compared with each other. */
const LONGEST_COMPARED = 256;

/** A new, empty graph. */
export function nodeList(): NodeList {
  const nodes: NodeDef[] = [];
  const used = new Set<string>();
  const counts = new Map<string, number>();
  const constants = new Map<string, string>();

  function unique(name: string): string {
    let count = counts.get(name) ?? 0;
    let made = name;
    while (used.has(made)) made = `${name}_${++count}`;
    counts.set(name, count);
    used.add(made);
    return made;
  }

  function addRaw(type: string, inputs: readonly string[], attr: Record<string, AttrValue>, name: string): string {
    const made = unique(name);
    const ordered = [...inputs.filter((input) => !input.startsWith('^')), ...new Set(inputs.filter((input) => input.startsWith('^')))];
    nodes.push(create(NodeDefSchema, { name: made, op: type, input: ordered, attr }));
    return made;
  }

  return {
    nodes,
    addRaw,
    add(type, inputs, attributes, scope) {
      const attr = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attributeValue(value)]));
      return addRaw(type, inputs, attr, `${scope}/${type}`);
    },
    constant(data, shape, type) {
      const key = data.length <= LONGEST_COMPARED ? `${type}[${shape.join()}]${Array.from(data, textOf).join()}` : undefined;
      const known = key === undefined ? undefined : constants.get(key);
      if (known !== undefined) return known;
      const attr = { dtype: typeValue(type), value: tensorValue(data, shape, type) };
      const name = addRaw('Const', [], attr, 'constant');
      if (key !== undefined) constants.set(key, name);
      return name;
    },
  };
}

/** −0 and 0 are different constants. */
function textOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function attributeValue(value: TensorFlowAttribute): AttrValue {
  if (typeof value === 'number') return integerValue(value);
  if (typeof value === 'boolean') return attribute({ case: 'b', value });
  if (typeof value === 'string') return attribute({ case: 's', value: utf8(value) });
  if ('float' in value) return attribute({ case: 'f', value: value.float });
  if ('type' in value) return typeValue(value.type);
  return attribute({ case: 'list', value: { i: value.map(BigInt) } });
}

function attribute(value: NonNullable<MessageInitShape<typeof AttrValueSchema>['value']>): AttrValue {
  return create(AttrValueSchema, { value });
}

/** Most attributes are one of these: each is made once. */
const typeValues = Object.fromEntries(
  Object.entries(dataTypes).map(([type, value]) => [type, attribute({ case: 'type', value })]),
) as Readonly<Record<TensorFlowType, AttrValue>>;

/** An attribute that is an element type. */
export function typeValue(type: TensorFlowType): AttrValue {
  return typeValues[type];
}

/** An attribute that is a shape; unknown sizes are −1. */
export function shapeValue(shape: Shape): AttrValue {
  return attribute({ case: 'shape', value: shapeProto(shape) });
}

/** An attribute that is a list of element types, shapes or texts. */
export function listValue(
  values: { readonly types: readonly TensorFlowType[] } | { readonly shapes: readonly Shape[] } | { readonly texts: readonly string[] },
): AttrValue {
  if ('types' in values) return attribute({ case: 'list', value: { type: values.types.map((type) => dataTypes[type]) } });
  if ('shapes' in values) return attribute({ case: 'list', value: { shape: values.shapes.map(shapeProto) } });
  return attribute({ case: 'list', value: { s: values.texts.map(utf8) } });
}

/** An attribute that is an integer. */
export function integerValue(value: number): AttrValue {
  return attribute({ case: 'i', value: BigInt(value) });
}

/** A shape as TensorFlow writes it; unknown sizes are −1. */
export function shapeProto(shape: Shape): TensorShapeProto {
  return create(TensorShapeProtoSchema, { dim: shape.map((dim) => ({ size: BigInt(isKnown(dim) ? dim : -1) })) });
}

function tensorValue(data: ArrayLike<number>, shape: readonly number[], type: TensorFlowType): AttrValue {
  return attribute({
    case: 'tensor',
    value: { dtype: dataTypes[type], tensorShape: shapeProto(shape), tensorContent: bytesOf(data, type) },
  });
}

function bytesOf(data: ArrayLike<number>, type: TensorFlowType): Uint8Array {
  switch (type) {
    case 'float32':
      return new Uint8Array(Float32Array.from(data).buffer);
    case 'int32':
      return new Uint8Array(Int32Array.from(data).buffer);
    case 'int64':
      return new Uint8Array(BigInt64Array.from(Array.from(data, BigInt)).buffer);
    case 'bool':
      return Uint8Array.from(data);
  }
}

/** Plain ECMAScript has no encoder; most texts are ASCII and need none. */
function utf8(text: string): Uint8Array {
  if (/^[ -~]*$/.test(text)) return Uint8Array.from(text, (character) => character.charCodeAt(0));
  const escaped = encodeURIComponent(text);
  return Uint8Array.from(escaped.match(/%..|./g) ?? [], (part) =>
    part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0),
  );
}
