import { create } from '@bufbuild/protobuf';
import { formatDim, isKnown, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import {
  AttributeProtoSchema,
  AttributeProto_AttributeType as Kind,
  GraphProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  TensorProto_DataType as DataType,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './generated/onnx_pb';
import type { OnnxAttribute, OnnxAttributes, OnnxBody, OnnxType } from './writer';

/** Protobuf's number of an element type. */
const dataTypes: Readonly<Record<OnnxType, DataType>> = {
  float32: DataType.FLOAT,
  int32: DataType.INT32,
  int64: DataType.INT64,
  bool: DataType.BOOL,
};

/** An ONNX graph under construction: values with names of their own, equal constants and equal nodes once. */
export interface NodeList {
  readonly nodes: NodeProto[];
  readonly initializers: TensorProto[];
  /** Domains of the operators that are none of ONNX's own. */
  readonly domains: ReadonlySet<string>;
  /**
   * Adds a node and gives the names of its outputs, or those of an equal node that is there. An operator of another domain than
   * ONNX's is written with it: `com.microsoft.nchwc:Conv`.
   */
  add(type: string, inputs: readonly string[], attributes: OnnxAttributes, outputCount: number): readonly string[];
  /** Adds a node whose only output has the given name: for the rim of the graph. */
  addNamed(type: string, inputs: readonly string[], output: string): void;
  /** A constant under the given name. */
  initializer(name: string, data: ArrayLike<number>, shape: readonly number[], type: OnnxType): string;
  constant(data: ArrayLike<number>, shape: readonly number[], type: OnnxType): string;
}

/** Constants beyond this many elements are not compared with each other. */
const LONGEST_COMPARED = 256;

/** A new, empty graph. */
export function nodeList(): NodeList {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const constants = new Map<string, string>();
  const made = new Map<string, readonly string[]>();
  const domains = new Set<string>();
  let count = 0;

  // No input, output or weight has a name that begins with a colon.
  const unnamed = (hint: string) => `:${hint}/${count++}`;

  function initializer(name: string, data: ArrayLike<number>, shape: readonly number[], type: OnnxType): string {
    initializers.push(
      create(TensorProtoSchema, { name, dims: shape.map(BigInt), dataType: dataTypes[type], rawData: bytesOf(data, type) }),
    );
    return name;
  }

  return {
    nodes,
    initializers,
    domains,
    add(type, inputs, attributes, outputCount) {
      const key = JSON.stringify([type, inputs, attributes, outputCount]);
      const known = made.get(key);
      if (known) return known;
      const outputs = Array.from({ length: outputCount }, () => unnamed(type));
      made.set(key, outputs);
      const node = nodeOf(type, inputs, outputs, attributes);
      if (node.domain !== '') domains.add(node.domain);
      nodes.push(node);
      return outputs;
    },
    addNamed: (type, inputs, output) => void nodes.push(nodeOf(type, inputs, [output], {})),
    initializer,
    constant(data, shape, type) {
      const key = data.length <= LONGEST_COMPARED ? `${type}[${shape.join()}]${Array.from(data, textOf).join()}` : undefined;
      const known = key === undefined ? undefined : constants.get(key);
      if (known !== undefined) return known;
      const name = initializer(unnamed('constant'), data, shape, type);
      if (key !== undefined) constants.set(key, name);
      return name;
    },
  };
}

/** Type and shape of a graph's input or output; unknown sizes under their names. */
export function valueInfo(name: string, dtype: OnnxType, shape: Shape): ValueInfoProto {
  const dim = shape.map((size) => ({ value: dimValue(size) }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: dataTypes[dtype], shape: { dim } } } },
  });
}

function dimValue(size: Dim) {
  return isKnown(size) ? ({ case: 'dimValue', value: BigInt(size) } as const) : ({ case: 'dimParam', value: formatDim(size) } as const);
}

function nodeOf(type: string, inputs: readonly string[], outputs: readonly string[], attributes: OnnxAttributes): NodeProto {
  const [opType = '', domain = ''] = type.split(':').toReversed();
  return create(NodeProtoSchema, {
    name: outputs[0] as string,
    opType,
    domain,
    input: [...inputs],
    output: [...outputs],
    attribute: Object.entries(attributes).map(([name, value]) => attributeOf(name, value)),
  });
}

function attributeOf(name: string, value: OnnxAttribute): AttributeProto {
  if (typeof value === 'number') return create(AttributeProtoSchema, { name, type: Kind.INT, i: BigInt(value) });
  if (typeof value === 'string') return create(AttributeProtoSchema, { name, type: Kind.STRING, s: ascii(value) });
  if ('float' in value) return create(AttributeProtoSchema, { name, type: Kind.FLOAT, f: value.float });
  if ('type' in value) return create(AttributeProtoSchema, { name, type: Kind.INT, i: BigInt(dataTypes[value.type]) });
  if ('body' in value) return create(AttributeProtoSchema, { name, type: Kind.GRAPH, g: bodyGraph(name, value.body) });
  return create(AttributeProtoSchema, { name, type: Kind.INTS, ints: value.map(BigInt) });
}

function bodyGraph(name: string, { inputs, nodes, outputs }: OnnxBody): GraphProto {
  const info = (end: string) =>
    create(ValueInfoProtoSchema, { name: end, type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT } } } });
  const node = nodes.map((each) => nodeOf(each.type, each.inputs, each.outputs, each.attributes));
  return create(GraphProtoSchema, { name, node, input: inputs.map(info), output: outputs.map(info) });
}

/** ONNX's enumerations are ASCII. */
function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function bytesOf(data: ArrayLike<number>, type: OnnxType): Uint8Array {
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

/** −0 and 0 are different constants. */
function textOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
