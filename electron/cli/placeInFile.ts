import { findNodeAtLocation, parseTree, type Node as JsonNode } from 'jsonc-parser';
import { placeOf } from '../../shared/diagnose/repairs/draft';
import type { Problem } from '../../shared/graph/problem';
import type { LoadedDocument } from './documents';

/** A part of a text, both ends counted from 1; the end is behind its last character. Columns are UTF-16 code units. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * Where in a document's file its problems are: the parameter that is wrong where it is written there, else the layer; of a layer inside
 * a block, in the definition. Undefined for a problem of the whole network. Reads the file's text once.
 */
export function placesInFile({ text, document }: LoadedDocument): (problem: Problem) => Region | undefined {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const tree = parseTree(source);
  const starts = lineStarts(source);
  return ({ node, param }) => {
    const at = placeOf(document, node);
    if (!tree || !at) return undefined;
    const graph = at.ref === 'network' ? tree : entryOf(findNodeAtLocation(tree, ['blocks']), at.ref.block);
    const layer = graph && entryOf(findNodeAtLocation(graph, ['graph', 'nodes']), at.node.id);
    const value = layer && param !== undefined ? findNodeAtLocation(layer, ['params', param]) : undefined;
    // With its key: `"filters": 0`.
    const found = value?.parent ?? layer;
    return found && regionOf(found, starts);
  };
}

function entryOf(list: JsonNode | undefined, id: string): JsonNode | undefined {
  return list?.children?.find((entry) => entry.type === 'object' && findNodeAtLocation(entry, ['id'])?.value === id);
}

function regionOf({ offset, length }: JsonNode, starts: readonly number[]): Region {
  const [start, end] = [positionOf(offset, starts), positionOf(offset + length, starts)];
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function positionOf(offset: number, starts: readonly number[]): { readonly line: number; readonly column: number } {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return starts;
}
