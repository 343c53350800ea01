import type * as z from 'zod';
import { directionOf, withDirection } from '../graph/direction';
import type { Annotation, Graph, GraphEdge, GraphNode, WireRoute } from '../graph/graph';
import { err, ok, type Result } from '../graph/result';
import { findLayer } from '../layers/index';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type BlockDefinition, type Checks, type SkipDocument } from './document';
import { documentError, type DocumentError } from './documentError';
import { fileDocument, type FileDocument, type FileGraph } from './fileForm';
import { migrateEnvelope, migrateParams } from './migrations';
import { readJson } from './scanText';

export interface ParsedDocument {
  readonly document: SkipDocument;
  /** What was mended or is not known, in sentences; the document counts as changed where something was mended. */
  readonly notices: readonly string[];
  readonly repaired: boolean;
}

/** The document in a file's text, or the one reason why not. Nothing of a file is trusted before it passed here. */
export function parseDocument(text: string): Result<ParsedDocument, DocumentError> {
  const json = readJson(text);
  if (!json.ok) return json;
  const envelope = checkEnvelope(json.value);
  if (!envelope.ok) return envelope;
  const parsed = fileDocument.safeParse(envelope.value);
  if (!parsed.success) return err(fieldError(parsed.error.issues[0] as z.core.$ZodIssue));
  const wrong = doubleId(parsed.data) ?? inheritedBlock(parsed.data);
  if (wrong) return err(wrong);
  return ok(toDocument(parsed.data));
}

function checkEnvelope(value: unknown): Result<Readonly<Record<string, unknown>>, DocumentError> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return err(notAProject('its outermost value is not an object'));
  const file = value as Readonly<Record<string, unknown>>;
  if (file['format'] !== DOCUMENT_FORMAT)
    return err(
      notAProject(`"format" is ${JSON.stringify(file['format'])?.slice(0, 60) ?? 'missing'} where "${DOCUMENT_FORMAT}" is expected`),
    );
  const version = file['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return err(notAProject('"version" is not a whole number'));
  if (version > DOCUMENT_VERSION)
    return err(newer(`The file has version ${version} of the format; this program knows up to ${DOCUMENT_VERSION}.`));
  const layer = newerLayer(file['layers']);
  if (layer) return err(layer);
  return ok(migrateEnvelope(file, version, DOCUMENT_VERSION));
}

function newerLayer(layers: unknown): DocumentError | undefined {
  if (typeof layers !== 'object' || layers === null) return undefined;
  for (const [type, version] of Object.entries(layers)) {
    const known = findLayer(type)?.version;
    if (known !== undefined && typeof version === 'number' && version > known) {
      return newer(`The file has version ${version} of the layer ${type}; this program knows up to ${known}.`);
    }
  }
  return undefined;
}

function newer(message: string): DocumentError {
  return documentError('E_NEWER', message, 'It was made by a newer Skipwire: update this one. The file was not changed.');
}

function notAProject(why: string): DocumentError {
  return documentError('E_NOT_PROJECT', `This is not a Skipwire document: ${why}.`);
}

function fieldError(issue: z.core.$ZodIssue): DocumentError {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'too_big' && issue.origin === 'array')
    return documentError('E_TOO_MANY', `${path} has more than ${String(issue.maximum)} entries.`);
  return documentError(
    'E_FIELD',
    `${path || 'The file'}: ${issue.message.slice(0, 300)}.`,
    'Mend that field in a text editor, or open a backup.',
  );
}

function doubleId(file: FileDocument): DocumentError | undefined {
  const places: [string, readonly { readonly id: string }[]][] = [['blocks', file.blocks]];
  for (const { where, graph } of [
    { where: 'the network', graph: file.graph },
    ...file.blocks.map((block) => ({ where: `block "${block.name.slice(0, 60)}"`, graph: block.graph })),
  ]) {
    places.push(
      [`nodes of ${where}`, graph.nodes],
      [`wires of ${where}`, graph.wires],
      [`annotations of ${where}`, graph.annotations ?? []],
    );
  }
  for (const [where, entries] of places) {
    const seen = new Map<string, number>();
    for (const [index, { id }] of entries.entries()) {
      const first = seen.get(id);
      if (first !== undefined)
        return documentError(
          'E_DUP_ID',
          `The ${where} have the id "${id.slice(0, 60)}" twice, as entries ${first + 1} and ${index + 1}.`,
          'Give one of them another id in a text editor.',
        );
      seen.set(id, index);
    }
  }
  return undefined;
}

/** A definition that is missing is told at its instances; by such a name every table of blocks would have one. */
function inheritedBlock({ graph, blocks }: FileDocument): DocumentError | undefined {
  const own = new Set(blocks.map(({ id }) => id));
  const instances = [graph, ...blocks.map((block) => block.graph)].flatMap(({ nodes }) => nodes);
  const bad = instances.find(({ block }) => block !== undefined && block in Object.prototype && !own.has(block));
  return (
    bad &&
    documentError(
      'E_FIELD',
      `"${bad.name.slice(0, 60)}" is an instance of the block "${bad.block}", which is not in the file.`,
      'Mend that field in a text editor, or open a backup.',
    )
  );
}

function toDocument(file: FileDocument): ParsedDocument {
  const notices: string[] = [];
  const graph = toGraph(file.graph, file.layers, 'the network', notices);
  const blocks = record(
    file.blocks.map((block): BlockDefinition => ({
      id: block.id,
      name: block.name,
      ...(block.description === undefined ? {} : { description: block.description }),
      parameters: block.parameters.map(({ name, default: value, description }) => ({
        name,
        default: value,
        ...(description === undefined ? {} : { description }),
      })),
      graph: toGraph(block.graph, file.layers, `block "${block.name}"`, notices),
    })),
  );
  const repaired = notices.length > 0;
  notices.push(...unknownLayers([graph, ...Object.values(blocks).map((block) => block.graph)]));
  const { checks, ...rest } = file;
  const view = {
    ...(file.view.viewport ? { viewport: file.view.viewport } : {}),
    ...(file.view.bookmarks ? { bookmarks: file.view.bookmarks } : {}),
  };
  return {
    document: { ...rest, layers: currentVersions(file), graph, blocks: blocks, view, ...(checks ? { checks: toChecks(checks) } : {}) },
    notices,
    repaired,
  };
}

function toChecks({ off, maxParameters }: NonNullable<FileDocument['checks']>): Checks {
  return {
    off: off.map(({ code, node, reason }) => ({ code, ...(node === undefined ? {} : { node }), reason })),
    ...(maxParameters === undefined ? {} : { maxParameters }),
  };
}

/** Layers that this program knows are written in its own version from now on; others keep theirs. */
function currentVersions(file: FileDocument): Record<string, number> {
  return Object.fromEntries(Object.entries(file.layers).map(([type, version]) => [type, findLayer(type)?.version ?? version]));
}

function toGraph(file: FileGraph, versions: Readonly<Record<string, number>>, where: string, notices: string[]): Graph {
  const nodes = record<GraphNode>(
    file.nodes.map(({ id, type, name, block, params, position: [x, y], placed }) => ({
      id,
      type,
      name,
      params: migrateParams(type, params, versions[type] ?? 1),
      position: { x, y },
      ...(placed ? { placed } : {}),
      ...(block === undefined ? {} : { block }),
    })),
  );
  const edges: GraphEdge[] = [];
  for (const { id, from, to, route } of file.wires) {
    const missing = [from[0], to[0]].find((node) => !Object.hasOwn(nodes, node));
    if (missing === undefined)
      edges.push({ id, from: { node: from[0], port: from[1] }, to: { node: to[0], port: to[1] }, ...toRoute(route) });
    else notices.push(`Wire "${id}" of ${where} led to "${missing}", which is not there; it was left out.`);
  }
  const annotations = file.annotations ? { annotations: record(file.annotations.map(toAnnotation)) } : {};
  return withDirection({ nodes: nodes, edges: record<GraphEdge>(edges), ...annotations }, directionOf(file));
}

function toRoute(route: FileGraph['wires'][number]['route']): { route?: WireRoute } {
  const { lane, turn } = route ?? {};
  if (lane === undefined && turn === undefined) return {};
  return { route: { ...(lane === undefined ? {} : { lane }), ...(turn === undefined ? {} : { turn }) } };
}

function toAnnotation({ position: [x, y], size: [width, height], ...rest }: NonNullable<FileGraph['annotations']>[number]): Annotation {
  return { ...rest, position: { x, y }, size: { width, height } };
}

/** By id, with no prototype in the way: `__proto__` is a name like any other. */
function record<T extends { readonly id: string }>(entries: readonly T[]): Record<string, T> {
  const table: Record<string, T> = {};
  for (const entry of entries)
    Object.defineProperty(table, entry.id, { value: entry, enumerable: true, writable: true, configurable: true });
  return table;
}

const STRUCTURAL = new Set(['block', 'blockInput', 'blockOutput']);

function unknownLayers(graphs: readonly Graph[]): string[] {
  const types = new Set(graphs.flatMap(({ nodes }) => Object.values(nodes).map(({ type }) => type)));
  return [...types]
    .filter((type) => !STRUCTURAL.has(type) && !findLayer(type))
    .map((type) => `This version does not know the layer "${type}". It is kept as it is.`);
}
