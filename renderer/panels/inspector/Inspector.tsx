import { useSession } from '../../state/session';
import { ManyInspector } from './ManyInspector';
import { NetworkInspector } from './NetworkInspector';
import { NodeInspector } from './NodeInspector';
import { WireInspector } from './WireInspector';

/** What is selected, in full; with nothing selected the network itself. */
export function Inspector() {
  const { nodes, edges } = useSession((state) => state.selection);
  const [node] = nodes;
  const [edge] = edges;
  return (
    <section aria-label="Inspector" className="h-full overflow-y-auto bg-surface">
      {nodes.size > 1 ? (
        <ManyInspector nodes={nodes} />
      ) : node !== undefined ? (
        <NodeInspector key={node} id={node} />
      ) : edge !== undefined ? (
        <WireInspector id={edge} others={edges.size - 1} />
      ) : (
        <NetworkInspector />
      )}
    </section>
  );
}
