import type { Annotation, Graph } from '../graph/graph';
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
    training: { ...training, objectives: training.objectives.map((objective) => ({ ...objective })), metrics: [...training.metrics] },
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

function toFileGraph({ nodes, edges, annotations }: Graph): FileGraph {
  return {
    nodes: Object.values(nodes).map(({ id, type, name, block, params, position }) => ({
      id,
      type,
      name,
      ...(block === undefined ? {} : { block }),
      params: params,
      position: [position.x, position.y],
    })),
    wires: Object.values(edges).map(({ id, from, to, route }) => ({
      id,
      from: [from.node, from.port],
      to: [to.node, to.port],
      ...(route ? { route } : {}),
    })),
    ...(annotations ? { annotations: Object.values(annotations).map(toFileAnnotation) } : {}),
  };
}

function toFileAnnotation(annotation: Annotation): NonNullable<FileGraph['annotations']>[number] {
  const { position, size } = annotation;
  return { ...annotation, position: [position.x, position.y], size: [size.width, size.height] };
}

/** JSON with two spaces, where what fits on a line stands on one. */
function format(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const flat = inline(value);
  if (flat.length + indent.length <= LINE && !isLong(value)) return flat;
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

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
