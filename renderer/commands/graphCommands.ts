import type { GraphNode } from '../../shared/graph/graph';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { arrange } from './arrange';
import { defineCommand } from './command';
import { shown } from './graphEdits';

/** The only selected layer, if it is an instance of a block. */
function selectedBlock(): GraphNode | undefined {
  const { graph, selection } = shown();
  const node = selection.nodes.size === 1 ? graph.nodes[[...selection.nodes][0] as string] : undefined;
  return node?.block === undefined ? undefined : node;
}

const anyProblem = () => useDocument.getState().analysis.problems.length > 0 || 'There are no problems.';

/** Shows the problem after (or before) the focused one, and the layer that has it. */
function goToProblem(by: 1 | -1): void {
  const { problems } = useDocument.getState().analysis;
  const { focusedProblem, focusProblem, reveal, showTab } = useSession.getState();
  const at = problems.findIndex(({ id }) => id === focusedProblem);
  const next = problems.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % problems.length);
  if (!next) return;
  showTab('problems');
  reveal(next.node);
  focusProblem(next.id);
}

export const graphCommands = [
  defineCommand('graph.addLayer', {
    run() {
      const { canvasApi, openDialog } = useSession.getState();
      const pointer = canvasApi?.pointer() ?? null;
      openDialog({ kind: 'addLayer', at: pointer?.graph ?? null, screen: pointer?.screen });
    },
  }),
  defineCommand('graph.arrange', {
    enabled: () => Object.keys(shown().graph.nodes).length > 1 || 'There is nothing to arrange.',
    run: () => void arrange(),
  }),
  defineCommand('graph.openBlock', {
    enabled: () => selectedBlock() !== undefined || 'Select a block first.',
    run() {
      const block = selectedBlock();
      if (block) useSession.getState().openBlock(block.id);
    },
  }),
  defineCommand('graph.leaveBlock', {
    enabled: () => useSession.getState().location.length > 0 || 'This is the network itself.',
    run: () => useSession.getState().leaveTo(useSession.getState().location.length - 1),
  }),
  defineCommand('graph.nextProblem', { enabled: anyProblem, run: () => goToProblem(1) }),
  defineCommand('graph.previousProblem', { enabled: anyProblem, run: () => goToProblem(-1) }),
] as const;
