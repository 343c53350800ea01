import { create, toBinary } from '@bufbuild/protobuf';
import { unknown } from '../../graph/dim';
import { withoutPrefix } from '../compiled';
import type { Program, VariableSpec } from '../program';
import { ModelProtoSchema, type ValueInfoProto } from './generated/onnx_pb';
import { INTO_BLOCKS } from './blocked';
import { KERNEL, permute, permuteData } from './layout';
import { lowerProgram } from './lowerProgram';
import { nodeList, valueInfo, type NodeList } from './nodes';
import { notForWebgpu } from './webgpu';
import type { OnnxRuntime, Permutation } from './writer';

/** The operators' version, of ONNX 1.13 (2022), and the file format's that came with it. */
const OPSET = 18n;
const IR_VERSION = 8n;

/** A variable of a program that takes its variables as inputs and gives their new values as outputs. */
export interface VariablePort {
  readonly variable: string;
  readonly input: string;
  /** Undefined where the program does not change the variable. */
  readonly output: string | undefined;
}

/** A program as an ONNX file whose variables go in and come out. */
export interface StepModel {
  readonly bytes: Uint8Array;
  readonly variables: readonly VariablePort[];
  /** Nodes that onnxruntime's WebGPU provider must leave to the CPU. */
  readonly notForWebgpu: readonly string[];
}

/**
 * A program as an ONNX file: inputs and outputs by their names, and for each variable an input `variable/<name>` and,
 * where it changes, an output `next/<name>`. Kernels of convolutions go in and come out as ONNX has them, `O×I×H×W`, so
 * that no step transposes them. Written for `runtime`, and perhaps for no other.
 */
export function stepModel(program: Program, runtime: OnnxRuntime = {}): StepModel {
  const list = nodeList();
  const inputName = ({ name }: VariableSpec) => `variable/${name}`;
  const nodes = new Map(program.variables.map((spec) => [spec.name, { name: inputName(spec), permutation: residentForm(spec.shape) }]));
  const { outputs, updates } = lowerProgram(list, program, nodes, runtime);
  const changed = program.variables.filter(({ name }) => updates.some(({ variable }) => variable === name));
  for (const [name, value] of outputs) list.addNamed('Identity', [value], name);
  for (const { variable, value } of updates) list.addNamed('Identity', [value], nextName(variable));
  const info = (name: string, { shape }: VariableSpec) => valueInfo(name, 'float32', residentShape(shape));
  const inputs = [...infos(program.inputs), ...program.variables.map((spec) => info(inputName(spec), spec))];
  const results = [...infos(program.outputs), ...changed.map((spec) => info(nextName(spec.name), spec))];
  const ports = program.variables.map((spec): VariablePort => {
    return { variable: spec.name, input: inputName(spec), output: changed.includes(spec) ? nextName(spec.name) : undefined };
  });
  return { bytes: fileOf(list, program.name, inputs, results), variables: ports, notForWebgpu: notForWebgpu(list.nodes) };
}

/**
 * A model by which a runtime tells the channels of its blocks: of an image `x` of four channels it makes an image `y` of as many as
 * are in one. Runtimes that have no blocks refuse it.
 */
export function blockProbe(): Uint8Array {
  const list = nodeList();
  const [y = ''] = list.add(INTO_BLOCKS, ['x'], {}, 1);
  list.addNamed('Identity', [y], 'y');
  const image = (name: string) => valueInfo(name, 'float32', [1, unknown('C'), 1, 1]);
  return fileOf(list, 'probe', [image('x')], [image('y')]);
}

/**
 * A model that gives each variable as it takes it, input and output under the variable's name with `from/` and `to/` before it: a
 * runtime brings tensors from one memory into another by running it.
 */
export function copyModel(variables: readonly VariableSpec[]): Uint8Array {
  const list = nodeList();
  for (const { name } of variables) list.addNamed('Identity', [`from/${name}`], `to/${name}`);
  const ends = (prefix: string) => variables.map(({ name, shape }) => valueInfo(`${prefix}/${name}`, 'float32', residentShape(shape)));
  return fileOf(list, 'copy', ends('from'), ends('to'));
}

function nextName(variable: string): string {
  return `next/${variable}`;
}

/**
 * The permutation of the form in which a variable goes in and comes out: axis i of the tensor is axis `permutation[i]` of
 * the variable. Where four axes are, it is the kernel of a convolution; were it not, it would only be transposed once more.
 */
export function residentForm({ length: rank }: readonly number[]): Permutation | undefined {
  return rank === 4 ? KERNEL : undefined;
}

/** The shape of the tensor that goes in and comes out for a variable. */
export function residentShape(shape: readonly number[]): readonly number[] {
  const permutation = residentForm(shape);
  return permutation ? permute(shape, permutation) : shape;
}

/**
 * A program without updates as an ONNX file that holds its weights: any ONNX runtime runs it as it is. Inputs and
 * outputs are called as in the network, `image` for `input/image`. Without `runtime` it is one for all of them. Throws where the
 * values of a weight are missing.
 */
export function frozenModel(program: Program, values: Readonly<Record<string, Float32Array>>, runtime: OnnxRuntime = {}): Uint8Array {
  const list = nodeList();
  const outer = renamed(program);
  const nodes = new Map(
    program.variables.map(({ name, shape }) => {
      const value = values[name];
      if (!value) throw new Error(`There are no values for the weight "${name}".`);
      const permutation = residentForm(shape);
      const data = permutation ? permuteData(value, shape, permutation) : value;
      return [name, { name: list.initializer(name, data, residentShape(shape), 'float32'), permutation }] as const;
    }),
  );
  const { outputs } = lowerProgram(list, outer, nodes, runtime);
  for (const [name, value] of outputs) list.addNamed('Identity', [value], name);
  return fileOf(list, outer.name, infos(outer.inputs), infos(outer.outputs));
}

function renamed(program: Program): Program {
  const inputs = program.inputs.map((input) => ({ ...input, name: plainName(input.name) }));
  return { ...program, inputs, outputs: program.outputs.map((output) => ({ ...output, name: plainName(output.name) })) };
}

function plainName(name: string): string {
  return withoutPrefix('input', name) ?? withoutPrefix('output', name) ?? name;
}

function infos(ends: Program['inputs'] | Program['outputs']): ValueInfoProto[] {
  return ends.map(({ name, value }) => valueInfo(name, value.type.dtype, value.type.shape));
}

function fileOf(
  { nodes: node, initializers: initializer, domains }: NodeList,
  name: string,
  input: ValueInfoProto[],
  output: ValueInfoProto[],
): Uint8Array {
  const opsetImport = [{ domain: '', version: OPSET }, ...[...domains].map((domain) => ({ domain, version: 1n }))];
  const graph = { name, node, initializer, input, output };
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: IR_VERSION, producerName: 'skipwire', opsetImport, graph }));
}
