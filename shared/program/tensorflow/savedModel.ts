import { create, toBinary } from '@bufbuild/protobuf';
import type { TensorType } from '../../graph/tensor';
import { withoutPrefix } from '../compiled';
import type { Program, VariableSpec } from '../program';
import { GraphDefSchema } from './generated/tensorflow/core/framework/graph_pb';
import { SavedModelSchema } from './generated/tensorflow/core/protobuf/saved_model_pb';
import {
  SignatureDefSchema,
  TensorInfoSchema,
  type SignatureDef,
  type TensorInfo,
} from './generated/tensorflow/core/protobuf/meta_graph_pb';
import { lowerProgram, readNode, type VariableNodes } from './lowerProgram';
import { dataTypes, integerValue, listValue, nodeList, shapeProto, type NodeList } from './nodes';

/** Sets all variables: an input each, by name; output `done`. */
export const INITIALIZE = 'init';
/** Reads all variables: an output each, by name; no input. */
export const READ = 'read';
/** The tag under which the graph is found in the file. */
export const TAG = 'serve';

/** GraphDef format: written for TensorFlow 2.7 and newer. */
const PRODUCER = 1087;
const MIN_CONSUMER = 12;

/** Node names by the names of a signature's inputs and outputs. */
export interface SignatureNodes {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A `saved_model.pb`, and what its signatures are made of. */
export interface SavedModelFile {
  readonly bytes: Uint8Array;
  readonly signatures: Readonly<Record<string, SignatureNodes>>;
}

/**
 * A SavedModel with a signature for each program, by its name, and `init` and `read` for the variables, which the
 * folder holds no values of. Programs with equal variables share them.
 */
export function trainableSavedModel(programs: readonly Program[], variables: readonly VariableSpec[]): SavedModelFile {
  const list = nodeList();
  const resources = resourcesOf(list, variables);
  const signatures = Object.fromEntries(programs.map((program) => [program.name, programSignature(list, program, { resources })]));
  if (variables.length > 0) {
    const read = readNode(list, [...resources.values()], READ);
    signatures[READ] = signature(
      [],
      variables.map(({ name, shape }, index) => [name, `${read}:${index}`, typeOf(shape)]),
    );
    signatures[INITIALIZE] = initializeSignature(list, variables, resources, read);
  }
  return fileOf(list, signatures);
}

/**
 * A SavedModel whose weights are constants: any TensorFlow runs it as it is. The keys of `programs` become the
 * signatures' names; inputs and outputs are called as in the network, `image` for `input/image`. Throws where the values
 * of a weight are missing.
 */
export function frozenSavedModel(
  programs: Readonly<Record<string, Program>>,
  values: Readonly<Record<string, Float32Array>>,
): SavedModelFile {
  const list = nodeList();
  const constants = new Map<string, string>();
  for (const { name, shape } of Object.values(programs).flatMap((program) => program.variables)) {
    const value = values[name];
    if (!value) throw new Error(`There are no values for the weight "${name}".`);
    if (!constants.has(name)) constants.set(name, list.constant(value, shape, 'float32'));
  }
  const signatures = Object.entries(programs).map(
    ([name, program]) => [name, programSignature(list, program, { constants }, plainName)] as const,
  );
  return fileOf(list, Object.fromEntries(signatures));
}

function fileOf({ nodes }: NodeList, signatureDef: Record<string, SignatureDef>): SavedModelFile {
  const graphDef = create(GraphDefSchema, { node: nodes, versions: { producer: PRODUCER, minConsumer: MIN_CONSUMER } });
  const model = create(SavedModelSchema, {
    savedModelSchemaVersion: 1n,
    metaGraphs: [{ metaInfoDef: { tags: [TAG], tensorflowVersion: '2.7.0' }, graphDef, signatureDef }],
  });
  return { bytes: toBinary(SavedModelSchema, model), signatures: mapRecord(signatureDef, signatureNodes) };
}

function signatureNodes({ inputs, outputs }: SignatureDef): SignatureNodes {
  const node = ({ encoding }: TensorInfo) => (encoding.case === 'name' ? encoding.value.replace(/:0$/, '') : '');
  return { inputs: mapRecord(inputs, node), outputs: mapRecord(outputs, node) };
}

function mapRecord<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** One node for all variables; its outputs are their resources, by name. */
function resourcesOf(list: NodeList, variables: readonly VariableSpec[]): ReadonlyMap<string, string> {
  if (variables.length === 0) return new Map();
  const attributes = {
    N: integerValue(variables.length),
    containers: listValue({ texts: variables.map(() => '') }),
    shared_names: listValue({ texts: variables.map(({ name }) => name) }),
    dtypes: listValue({ types: variables.map(() => 'float32') }),
    shapes: listValue({ shapes: variables.map(({ shape }) => shape) }),
  };
  const node = list.addRaw('_VarHandlesOp', [], attributes, 'variables');
  return new Map(variables.map(({ name }, index) => [name, `${node}:${index}`]));
}

function programSignature(list: NodeList, program: Program, variables: VariableNodes, nameOf = (name: string) => name): SignatureDef {
  const { inputs, outputs } = lowerProgram(list, program, variables);
  return signature(
    program.inputs.map(({ name, value }) => [nameOf(name), inputs[name] as string, value.type]),
    program.outputs.map(({ name, value }) => [nameOf(name), outputs[name] as string, value.type]),
  );
}

function plainName(name: string): string {
  return withoutPrefix('input', name) ?? withoutPrefix('output', name) ?? name;
}

/** What is fed takes the place of what `read` would give, so that no variable needs a node to be fed by. */
function initializeSignature(
  list: NodeList,
  variables: readonly VariableSpec[],
  resources: ReadonlyMap<string, string>,
  read: string,
): SignatureDef {
  const inputs = variables.map(({ name, shape }, index): SignatureEntry => [name, `${read}:${index}`, typeOf(shape)]);
  const assigned = inputs.map(
    ([name, value]) =>
      `^${list.add('AssignVariableOp', [resources.get(name) as string, value], { dtype: { type: 'float32' } }, INITIALIZE)}`,
  );
  const one = list.constant([1], [], 'int32');
  const done = list.add('Identity', [one, ...assigned], { T: { type: 'int32' } }, INITIALIZE);
  return signature(inputs, [['done', done, { dtype: 'int32', shape: [] }]]);
}

function typeOf(shape: readonly number[]): TensorType {
  return { dtype: 'float32', shape };
}

type SignatureEntry = readonly [name: string, tensor: string, type: TensorType];

function signature(inputs: readonly SignatureEntry[], outputs: readonly SignatureEntry[]): SignatureDef {
  return create(SignatureDefSchema, {
    inputs: Object.fromEntries(inputs.map(tensorInfo)),
    outputs: Object.fromEntries(outputs.map(tensorInfo)),
    methodName: 'tensorflow/serving/predict',
  });
}

function tensorInfo([name, tensor, { dtype, shape }]: SignatureEntry): [string, TensorInfo] {
  const encoding = { case: 'name', value: tensor.includes(':') ? tensor : `${tensor}:0` } as const;
  return [name, create(TensorInfoSchema, { encoding, dtype: dataTypes[dtype], tensorShape: shapeProto(shape) })];
}
