import type { FocusEvent, KeyboardEvent } from 'react';
import { returnToCanvas } from '../../commands/walking';
import { useSession } from '../../state/session';
import { AnnotationInspector } from './AnnotationInspector';
import { ManyInspector } from './ManyInspector';
import { NetworkInspector } from './NetworkInspector';
import { NodeInspector } from './NodeInspector';
import { WireInspector } from './WireInspector';

/** Back to the canvas, from where Enter led here; what an open list or a field does with the key goes before. */
function leave(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'Escape' || event.defaultPrevented || !event.currentTarget.contains(event.target as Node)) return;
  event.stopPropagation();
  if (cameFrom?.isConnected) cameFrom.focus();
  else returnToCanvas();
}

/** The outline, where one came from there. */
let cameFrom: HTMLElement | null = null;

function enter({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) {
  if (!(relatedTarget instanceof HTMLElement) || currentTarget.contains(relatedTarget)) return;
  cameFrom = relatedTarget.closest<HTMLElement>('[data-region="tree"]');
}

/** What is selected, in full; with nothing selected the network itself. */
export function Inspector() {
  const { nodes, edges, annotations } = useSession((state) => state.selection);
  const [node] = nodes;
  const [edge] = edges;
  const [annotation] = annotations;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leads back from the fields inside
    <section aria-label="Inspector" data-area="Inspector" onKeyDown={leave} onFocus={enter} className="h-full overflow-y-auto bg-surface">
      {nodes.size > 1 ? (
        <ManyInspector nodes={nodes} />
      ) : node !== undefined ? (
        <NodeInspector id={node} />
      ) : edge !== undefined ? (
        <WireInspector id={edge} others={edges.size - 1} />
      ) : annotation !== undefined && annotations.size === 1 ? (
        <AnnotationInspector key={annotation} id={annotation} />
      ) : (
        <NetworkInspector />
      )}
    </section>
  );
}
