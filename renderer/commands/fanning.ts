import type { NodeId } from '../../shared/graph/graph';
import type { NodePath } from '../../shared/infer/analysis';
import { useDocument } from '../state/document';
import { useFans } from '../state/fans';
import { currentGraph, pathIn } from '../state/location';
import { afterFrames, useSession } from '../state/session';
import { selectedBlock } from './blockCommands';
import { defineCommand } from './command';

/** The selected stack: its id in the shown graph, and its path. */
function selectedStack(): { readonly id: NodeId; readonly path: NodePath } | undefined {
  const { document, analysis } = useDocument.getState();
  const block = selectedBlock();
  const path = block && pathIn(currentGraph(document, useSession.getState().location).prefix, block.id);
  return block && path !== undefined && (analysis.nodes.get(path)?.copies ?? 1) > 1 ? { id: block.id, path } : undefined;
}

/** Looks into one copy of a stack. */
export function openCopy(id: NodeId, copy: number): void {
  useSession.getState().openBlock(id);
  useSession.getState().showCopy(useSession.getState().location.length - 1, copy);
}

/** The focus goes back to the stack. */
export function foldStack(id: NodeId, path: NodePath): void {
  if (useFans.getState().open.has(path)) useFans.getState().toggle(path);
  useSession.getState().canvasApi?.focus({ kind: 'layer', node: id });
}

/** Nearer than this the copies can be read. */
const READABLE = 0.6;
/** Frames in which the view comes near and the copies are drawn: a second. */
const PATIENCE = 60;

/** Fans a stack out or folds it. From far away, where its copies could not be read, the view comes nearer. */
export function toggleFan(id: NodeId, path: NodePath): void {
  const { zoom, canvasApi } = useSession.getState();
  useFans.getState().toggle(path);
  if (useFans.getState().open.has(path) && zoom < READABLE) canvasApi?.centerOn(id);
}

/** The first copy takes the keyboard as soon as it can be seen. */
function focusFirst(id: NodeId, frames = PATIENCE): void {
  const first = document.querySelector<HTMLElement>(`[data-fan="${CSS.escape(id)}"] button`);
  if (first?.checkVisibility()) first.focus();
  else if (frames > 0) afterFrames(1, () => focusFirst(id, frames - 1));
}

function fanOut({ id, path }: { readonly id: NodeId; readonly path: NodePath }): void {
  toggleFan(id, path);
  if (useFans.getState().open.has(path)) focusFirst(id);
}

export const fanCommands = [
  defineCommand('graph.fanOut', {
    enabled: () => selectedStack() !== undefined || 'Select a block that stands several times in a row.',
    checked() {
      const stack = selectedStack();
      return stack !== undefined && useFans.getState().open.has(stack.path);
    },
    run() {
      const stack = selectedStack();
      if (stack) fanOut(stack);
    },
  }),
] as const;
