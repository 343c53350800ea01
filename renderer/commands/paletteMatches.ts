import type { CommandId } from '../../shared/commands/commands';
import type { Problem } from '../../shared/graph/problem';
import { useDocument } from '../state/document';
import { faceOf, type Kind } from '../state/kinds';
import { commandIds, commandSpec, commandState } from './commands';
import { addableEntries, searchEntries, type AddableEntry } from './search';

/** No list is longer than can be taken in at a glance. */
const SHOWN = 8;

export interface CommandMatch {
  readonly id: CommandId;
  readonly title: string;
  readonly shortcut: string | undefined;
  /** True, or why it cannot be done now. */
  readonly state: true | string;
}

/** Commands that answer; with nothing typed those that can be done now. */
export function commandMatches(query: string): readonly CommandMatch[] {
  const entries = commandIds
    .filter((id) => id !== 'help.palette')
    .map((id) => ({ id, spec: commandSpec(id), name: commandSpec(id).title, keywords: commandSpec(id).keywords ?? [], summary: '' }));
  const found = searchEntries(entries, query).map(({ id, spec }) => ({
    id,
    title: spec.title,
    shortcut: spec.shortcuts?.[0],
    state: commandState(id),
  }));
  return (query.trim() === '' ? found.filter(({ state }) => state === true) : found).slice(0, SHOWN);
}

export function layerMatches(query: string): readonly AddableEntry[] {
  if (query.trim() === '') return [];
  return searchEntries(addableEntries(useDocument.getState().document), query).slice(0, SHOWN);
}

export interface NodeMatch {
  readonly path: string;
  readonly name: string;
  readonly icon: string;
  readonly kind: Kind;
  readonly title: string;
}

/** Layers and blocks by name, kind or path, wherever they are in the network. */
export function nodeMatches(query: string): readonly NodeMatch[] {
  if (query.trim() === '') return [];
  const { document, analysis } = useDocument.getState();
  const entries: { path: string; name: string; keywords: readonly string[]; summary: string; face: NodeMatch }[] = [];
  for (const { path, name } of analysis.nodes.values()) {
    const node = nodeAt(document.graph, document.blocks, path);
    if (!node) continue;
    const { kind, icon, title, summary } = faceOf(node, document);
    const face = { path, name, icon, kind, title: `${title}${summary && summary !== 'block' ? ` · ${summary}` : ''}` };
    entries.push({ path, name, keywords: [node.name, title, node.type], summary: '', face });
  }
  return searchEntries(entries, query)
    .slice(0, SHOWN)
    .map(({ face }) => face);
}

export function problemMatches(query: string): readonly Problem[] {
  const { problems } = useDocument.getState().analysis;
  if (query.trim() === '') return problems.slice(0, 3);
  const entries = problems.map((problem) => ({ problem, name: problem.message, keywords: [problem.code, problem.path], summary: '' }));
  return searchEntries(entries, query)
    .slice(0, SHOWN)
    .map(({ problem }) => problem);
}

type Document = ReturnType<typeof useDocument.getState>['document'];

function nodeAt(graph: Document['graph'], blocks: Document['blocks'], path: string) {
  const ids = path.split('/');
  let inside = graph;
  for (const id of ids.slice(0, -1)) {
    const block = blocks[inside.nodes[id]?.block ?? ''];
    if (!block) return undefined;
    inside = block.graph;
  }
  return inside.nodes[ids.at(-1) ?? ''];
}
