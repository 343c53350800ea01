import { useDocument } from '../state/document';
import { afterFrames, useSession } from '../state/session';
import { countOf } from '../ui/numbers';
import { selectedBlock } from './blockCommands';
import { defineCommand } from './command';
import { shown } from './graphEdits';
import { openRepairs, openSwitchOff, problemAtHand, repairAll } from './repairing';
import { editValues } from './editValues';
import { enterGraph, here, returnToCanvas } from './walking';
import { connectHere } from './wiringCommands';

const valuesHere = () => here() !== null || useSession.getState().selection.annotations.size === 1 || 'Select a layer first.';

/** On a port or a wire, what is added goes there. */
function endsHere() {
  const spot = useSession.getState().canvasApi?.spot();
  if (spot?.kind === 'wire') return { onWire: spot.edge };
  if (spot?.kind !== 'port') return {};
  const end = { node: spot.node, port: spot.port };
  return spot.side === 'output' ? { from: end } : { into: end };
}

/** Into a block; of a layer or a wire to what the inspector says; from a port to its other end. */
function openHere(): void {
  const spot = here();
  const block = selectedBlock();
  if (spot?.kind === 'port') return connectHere();
  if (!block) return editValues();
  useSession.getState().openBlock(block.id);
  afterFrames(1, enterBlock);
}

/** The first layer inside has the focus; what is around it is told. */
function enterBlock(): void {
  const { announce, location } = useSession.getState();
  announce(`Inside ${location.at(-1)?.name ?? ''}, ${countOf(Object.keys(shown().graph.nodes).length, 'layer')}.`);
  if (!useSession.getState().canvasApi?.pointer()) enterGraph();
}

const anyProblem = () => useDocument.getState().analysis.problems.length > 0 || 'There are no problems.';

/** Shows the problem after (or before) the focused one, and the layer that has it. */
function goToProblem(by: 1 | -1): void {
  const { problems } = useDocument.getState().analysis;
  const { announce, canvasApi, focusedProblem, focusProblem, reveal, showTab } = useSession.getState();
  const at = problems.findIndex(({ id }) => id === focusedProblem);
  const next = problems.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % problems.length);
  if (!next) return;
  showTab('problems');
  reveal(next.node);
  focusProblem(next.id);
  announce(next.message);
  const node = next.node.split('/').at(-1);
  // Who uses the keyboard goes on from there.
  if (node && !canvasApi?.pointer()) canvasApi?.focus({ kind: 'layer', node });
}

export const graphCommands = [
  defineCommand('graph.addLayer', {
    run() {
      const { canvasApi, openDialog } = useSession.getState();
      const pointer = canvasApi?.pointer() ?? null;
      openDialog({ kind: 'addLayer', at: pointer?.graph ?? null, screen: pointer?.screen, ...endsHere() });
    },
  }),
  defineCommand('graph.openBlock', { enabled: valuesHere, run: openHere }),
  defineCommand('graph.editValues', { enabled: valuesHere, run: editValues }),
  defineCommand('graph.leaveBlock', {
    enabled: () => useSession.getState().location.length > 0 || 'This is the network itself.',
    run() {
      useSession.getState().leaveTo(useSession.getState().location.length - 1);
      afterFrames(1, returnToCanvas);
    },
  }),
  defineCommand('graph.nextProblem', { enabled: anyProblem, run: () => goToProblem(1) }),
  defineCommand('graph.repair', {
    enabled: anyProblem,
    run() {
      const problem = problemAtHand();
      if (problem) openRepairs(problem.id);
    },
  }),
  defineCommand('graph.switchOff', {
    enabled: () => problemAtHand()?.severity === 'warning' || 'Errors cannot be switched off; look at a warning first.',
    run() {
      const problem = problemAtHand();
      if (problem) openSwitchOff(problem.id);
    },
  }),
  defineCommand('graph.repairAll', {
    enabled: () => useDocument.getState().analysis.problems.some(({ severity }) => severity === 'error') || 'There are no errors.',
    run: repairAll,
  }),
  defineCommand('graph.previousProblem', { enabled: anyProblem, run: () => goToProblem(-1) }),
] as const;
