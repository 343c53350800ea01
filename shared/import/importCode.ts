import { newDocument } from '../document/create';
import type { SkipDocument } from '../document/document';
import type { Graph, GraphEdge, GraphNode, NodeId, ParamValue, PortRef } from '../graph/graph';
import { uniqueNames } from '../graph/names';
import { err, ok, type Result } from '../graph/result';
import type { DataFormat } from '../graph/tensor';
import { arranged, placedAt } from '../layout/arrange';
import { findLayer } from '../layers/index';
import { formsOf, type Framework } from './forms/forms';
import { codeOf, statementsOf } from './pageText';
import { PythonError } from './python/syntax';
import { frameworkOf, fromPrinted } from './recognize';
import { inputShape } from './run/inputs';
import type { Note, PlacedLayer } from './run/run';
import { runCode } from './runCode';

/** What a pasted text describes. */
export interface ImportedCode {
  readonly framework: Framework;
  /** The layers with the wires among them, as a document of its own. */
  readonly clip: SkipDocument;
  /** Inputs that wait for what the layers will be wired to, in order. */
  readonly open: readonly PortRef[];
  /** Outputs that nothing uses: what the layers give. */
  readonly ends: readonly PortRef[];
  /** How many layers there are, inputs not counted. */
  readonly count: number;
  /** Layers that are not known here; they are placeholders. */
  readonly unknown: readonly { readonly name: string; readonly line: number }[];
  readonly notes: readonly Note[];
  /** The sizes of one sample that the text tries its network with, in the network's own order; undefined where it says none. */
  readonly tried: readonly ParamValue[] | undefined;
  /** Channels or features that the code says a layer takes, by the layer. */
  readonly expected: ReadonlyMap<NodeId, Expectation>;
}

export interface Expectation {
  readonly channels: number;
  readonly line: number;
}

/** Why a text that looks like a network could not be read. */
export interface ImportError {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * Reads Keras or PyTorch code – `Sequential`, the functional way, or a class with its `forward` – into layers of this
 * program. Undefined where the text does not look like a network. Nothing is executed: names, calls and numbers are read.
 */
export function importCode(text: string, dataFormat: DataFormat): Result<ImportedCode, ImportError> | undefined {
  const framework = frameworkOf(text);
  if (!framework) return undefined;
  try {
    const { statements, notes } = statementsOf(fromPrinted(codeOf(text)), (line) => isCode(line, framework));
    const run = runCode(statements, framework, dataFormat);
    if (run.layers.length === 0) return err({ line: 1, message: 'No layer was found in this text.' });
    return ok({
      ...importedOf(run.layers, [...notes, ...run.notes], framework, dataFormat),
      tried: run.tried && inputShape(run.tried, framework, dataFormat),
    });
  } catch (error) {
    if (error instanceof PythonError) return err({ line: error.line, message: error.message });
    if (isTooDeep(error)) return err({ line: 1, message: 'The text is nested too deeply.' });
    throw error;
  }
}

/** What calls, lists and long sums hold may be deeper together than each alone is allowed to be; browsers say it in different words. */
function isTooDeep(error: unknown): boolean {
  return error instanceof Error && /call stack|too much recursion/i.test(error.message);
}

/** A line with a layer, or with one of Python's words that begin what makes one, is not left out for what is wrong in it. */
function isCode(line: string, framework: Framework): boolean {
  if (/^\s*(?:class|def|for|while|if|elif|else|return|with)\b/.test(line) && line.split('#').some(isOpen)) return true;
  const forms = formsOf(framework);
  return [...line.matchAll(/\b([A-Z]\w*)\(/g)].some(([, name = '']) => forms.has(name) || MAKERS.has(name));
}

/** Before a comment or at the end; a `#` may also stand in a text. */
function isOpen(part: string): boolean {
  return /[:,(]$/.test(part.trimEnd());
}

const MAKERS = new Set(['Sequential', 'Input', 'InputLayer', 'Model', 'ModuleList', 'OrderedDict']);

function importedOf(
  layers: readonly PlacedLayer[],
  notes: readonly Note[],
  framework: Framework,
  dataFormat: DataFormat,
): Omit<ImportedCode, 'tried'> {
  const nodes = nodesOf(layers);
  const wires = layers.flatMap((layer, index) => wiresInto(layer, index, layers));
  const edges = wires.flatMap(({ from, to }, index): GraphEdge[] => (from === undefined ? [] : [{ id: `e${index + 1}`, from, to }]));
  const drawn: Graph = {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
  };
  const graph = placedAt(drawn, arranged(drawn, {}));
  const used = new Set(edges.map(({ from }) => from.node));
  return {
    framework,
    // Code says nothing of data: no set is chosen by it.
    clip: { ...newDocument('pasted'), dataFormat, graph, data: { dataset: null, inputs: {} } },
    open: wires.filter(({ from }) => from === undefined).map(({ to }) => to),
    ends: nodes.filter(({ id, type }) => !used.has(id) && findLayer(type)?.outputs.length !== 0).map(({ id }) => ({ node: id, port: 'y' })),
    count: layers.filter(({ type }) => type !== 'input').length,
    unknown: layers.flatMap(({ unknown, line }) => (unknown === undefined ? [] : [{ name: unknown, line }])),
    notes: notes.toSorted((a, b) => a.line - b.line),
    expected: new Map(
      layers.flatMap(({ expects, line }, index) => (expects === undefined ? [] : [[idOf(index), { channels: expects, line }] as const])),
    ),
  };
}

function idOf(index: number): NodeId {
  return `n${index + 1}`;
}

function nodesOf(layers: readonly PlacedLayer[]): readonly GraphNode[] {
  const wanted = layers.map(({ name, type }) => (name ?? type.slice(type.lastIndexOf('.') + 1)).replaceAll('/', '_').slice(0, 80) || type);
  const names = uniqueNames({ nodes: {}, edges: {} }, wanted);
  return layers.map(({ type, params }, index) => ({
    id: idOf(index),
    type,
    name: names[index] as string,
    params,
    position: { x: 0, y: 0 },
  }));
}

/** The wires into a layer; `from` is undefined where it is fed from outside. */
function wiresInto({ inputs, type }: PlacedLayer, index: number, layers: readonly PlacedLayer[]) {
  const ports = findLayer(type)?.inputs ?? [];
  return inputs.flatMap((source, place) => {
    if (source === undefined) return [];
    const spec = ports.at(Math.min(place, ports.length - 1));
    const port = spec?.variadic
      ? `${spec.name}.${place - ports.length + 1}`
      : (spec?.name ?? (inputs.length === 1 ? 'x' : `inputs.${place}`));
    // More sources than ports: the rest says nothing here, such as an attention mask.
    if (spec && !spec.variadic && place >= ports.length) return [];
    const from = source === 'incoming' ? undefined : { node: idOf(source.layer), port: outputOf(layers[source.layer], source.port) };
    return [{ from, to: { node: idOf(index), port } }];
  });
}

function outputOf(layer: PlacedLayer | undefined, port: string): string {
  return (layer && findLayer(layer.type)?.outputs[0]?.name) ?? port;
}
