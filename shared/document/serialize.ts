import type { Annotation, Graph, GraphEdge, GraphNode } from '../graph/graph';
import { findLayer } from '../layers/index';
import type { Checks, SkipDocument } from './document';
import type { FileDocument, FileGraph } from './fileForm';

/** Lists and records up to this length stand on one line. */
const LINE = 140;

/** The text of a document file: stable order, readable, the same bytes for the same document. Ends with a line break. */
export function serializeDocument(document: SkipDocument): string {
  return `${format(toFile(document), '')}\n`;
}

function toFile(document: SkipDocument): FileDocument {
  const { format: name, version, id, dataFormat, graph, blocks, training, data, checks, view } = document;
  return {
    format: name,
    version,
    id,
    layers: layerVersions(document),
    dataFormat,
    graph: toFileGraph(graph),
    blocks: Object.values(blocks).map((block) => ({
      id: block.id,
      name: block.name,
      ...(block.description === undefined ? {} : { description: block.description }),
      parameters: block.parameters.map(({ name: parameter, default: value, description }) => ({
        name: parameter,
        default: value,
        ...(description === undefined ? {} : { description }),
      })),
      graph: toFileGraph(block.graph),
    })),
    training: {
      ...training,
      objectives: training.objectives.map((objective) => ({ ...objective })),
      metrics: training.metrics.map((metric) => ({ ...metric })),
    },
    data: { dataset: data.dataset, inputs: { ...data.inputs } },
    ...(checks ? { checks: toFileChecks(checks) } : {}),
    view: {
      ...(view.viewport ? { viewport: view.viewport } : {}),
      ...(view.bookmarks && view.bookmarks.length > 0
        ? { bookmarks: view.bookmarks.map((bookmark) => ({ ...bookmark, inside: [...bookmark.inside] })) }
        : {}),
    },
  };
}

function toFileChecks({ off, maxParameters }: Checks): NonNullable<FileDocument['checks']> {
  return {
    off: off.map(({ code, node, reason }) => ({ code, ...(node === undefined ? {} : { node }), reason })),
    ...(maxParameters === undefined ? {} : { maxParameters }),
  };
}

/** The version of each layer type that the document uses; unknown ones keep what their file said. */
function layerVersions({ graph, blocks, layers }: SkipDocument): Record<string, number> {
  const types = new Set(
    [graph, ...Object.values(blocks).map((block) => block.graph)].flatMap(({ nodes }) => Object.values(nodes).map(({ type }) => type)),
  );
  const versions = [...types].sort().map((type): [string, number | undefined] => [type, findLayer(type)?.version ?? layers[type]]);
  return Object.fromEntries(versions.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

function toFileGraph({ nodes, edges, annotations, direction }: Graph): FileGraph {
  return {
    ...(direction ? { direction } : {}),
    nodes: Object.values(nodes).map(toFileNode),
    wires: Object.values(edges).map(toFileWire),
    ...(annotations ? { annotations: Object.values(annotations).map(toFileAnnotation) } : {}),
  };
}

const toFileNode = lasting(({ id, type, name, block, params, position, placed }: GraphNode): FileGraph['nodes'][number] => ({
  id,
  type,
  name,
  ...(block === undefined ? {} : { block }),
  params: params,
  position: [position.x, position.y],
  ...(placed ? { placed } : {}),
}));

const toFileWire = lasting(({ id, from, to, route }: GraphEdge): FileGraph['wires'][number] => ({
  id,
  from: [from.node, from.port],
  to: [to.node, to.port],
  ...(route ? { route } : {}),
}));

function toFileAnnotation(annotation: Annotation): NonNullable<FileGraph['annotations']>[number] {
  const { position, size } = annotation;
  return { ...annotation, position: [position.x, position.y], size: [size.width, size.height] };
}

/** The text of what `lasting` made, at the indent where it stood last; null: not asked for yet. */
const texts = new WeakMap<object, { readonly indent: string; readonly text: string } | null>();

/** Documents are immutable: the same object has the same form and the same text. A draft of 1,000 layers costs what was changed. */
function lasting<T extends object, R extends object>(formOf: (value: T) => R): (value: T) => R {
  const forms = new WeakMap<T, R>();
  return (value) => {
    const known = forms.get(value);
    if (known) return known;
    const form = formOf(value);
    forms.set(value, form);
    texts.set(form, null);
    return form;
  };
}

/** JSON with two spaces, where what fits on a line stands on one. */
function format(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known?.indent === indent) return known.text;
  const text = formatAnew(value, indent);
  if (known !== undefined) texts.set(value, { indent, text });
  return text;
}

function formatAnew(value: object, indent: string): string {
  const flat = inline(value, LINE - indent.length);
  if (flat !== undefined && !isLong(value)) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + format(item, inner)).join(',\n')}\n${indent}]`;
  const entries = Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${format(item, inner)}`);
  return `{\n${entries.join(',\n')}\n${indent}}`;
}

function isLong(value: object): boolean {
  return (
    !Array.isArray(value) &&
    Object.values(value).some(
      (item) => Array.isArray(item) && item.some((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry)),
    )
  );
}

/** On one line; undefined as soon as it is longer than there is room. */
function inline(value: unknown, room: number): string | undefined {
  if (typeof value !== 'object' || value === null) return within(JSON.stringify(value), room);
  const isList = Array.isArray(value);
  const parts: string[] = [];
  // Brackets; each part but the first has a comma and a space before it.
  let left = room - (isList ? 2 : 4);
  for (const [key, item] of Object.entries(value)) {
    const name = isList ? '' : `${JSON.stringify(key)}: `;
    left -= name.length + (parts.length > 0 ? 2 : 0);
    const text = inline(item, left);
    if (text === undefined) return undefined;
    left -= text.length;
    parts.push(name + text);
  }
  if (parts.length === 0) return within(isList ? '[]' : '{}', room);
  return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}

function within(text: string, room: number): string | undefined {
  return text.length <= room ? text : undefined;
}
