import { memo } from 'react';
import { useDocument } from '../state/document';
import { currentGraph } from '../state/location';
import { useSession } from '../state/session';

/** Says what the next click does while a wire waits for its other end. */
export const WiringHint = memo(function WiringHint() {
  const from = useSession((state) => state.wiringFrom);
  const location = useSession((state) => state.location);
  const name = useDocument(({ document }) => (from === null ? undefined : currentGraph(document, location).graph.nodes[from]?.name));
  if (name === undefined) return null;
  return (
    <div className="wiring-hint" role="status">
      Click the layer to wire “{name}” to. Esc leaves.
    </div>
  );
});
