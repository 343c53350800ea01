import type { NodeId } from '../../shared/graph/graph';
import { nameProblem } from '../../shared/graph/names';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { shown } from './graphEdits';

/** Gives a layer a name; a name that cannot be is said and the old one stays. */
export function renameNode(id: NodeId, text: string): void {
  const { graph, ref } = shown();
  const name = text.trim();
  const before = graph.nodes[id]?.name;
  if (before === undefined || name === before) return;
  const problem = nameProblem(graph, id, name);
  if (problem === undefined) useDocument.getState().edit(`Rename ${before}`, [{ kind: 'rename', id, name, graph: ref }], 'record');
  else useSession.getState().toast({ tone: 'info', message: `“${before}” keeps its name. ${problem}` });
}
