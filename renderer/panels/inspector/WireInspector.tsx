import { useMemo } from 'react';
import type { EdgeId, NodeId, PortRef } from '../../../shared/graph/graph';
import { skipOf } from '../../../shared/graph/skip';
import { formatShape } from '../../../shared/graph/tensor';
import { useDocument } from '../../state/document';
import { currentGraph, pathIn } from '../../state/location';
import { useSession } from '../../state/session';
import { countOf } from '../../ui/numbers';
import { Fact, Section } from './Section';

/** As many of the layers that are skipped are named. */
const NAMED = 6;

/** One wire: where it leads and what flows along it. */
export function WireInspector({ id, others }: { readonly id: EdgeId; readonly others: number }) {
  const document = useDocument((state) => state.document);
  const location = useSession((state) => state.location);
  const { graph, prefix } = currentGraph(document, location);
  const skip = useMemo(() => skipOf(graph, id), [graph, id]);
  const edge = graph.edges[id];
  const type = useDocument((state) => edge && state.analysis.nodes.get(pathIn(prefix, edge.from.node))?.outputs[edge.from.port]);
  if (!edge) return null;
  const name = (node: NodeId) => graph.nodes[node]?.name ?? node;
  const end = ({ node, port }: PortRef) => (
    <button type="button" onClick={() => useSession.getState().select([node])} className="text-accent-text hover:underline">
      {graph.nodes[node]?.name ?? node} · {port}
    </button>
  );
  return (
    <div className="flex flex-col gap-3.5 px-3.5 py-3">
      <header>
        <h2 className="text-lg font-semibold">Wire</h2>
        {others > 0 && <p className="text-secondary">and {countOf(others, 'other')}</p>}
      </header>
      <Section title="Carries">
        <dl>
          <Fact name="Shape" value={type ? formatShape(type.shape) : 'unknown'} full={type && formatShape(type.shape, { batch: true })} />
          <Fact name="Type" value={type?.dtype ?? 'unknown'} />
          <Fact name="From" value={end(edge.from)} />
          <Fact name="To" value={end(edge.to)} />
        </dl>
      </Section>
      {skip && (
        <Section title="Skips">
          <p className="text-secondary">
            {countOf(skip.main.nodes.length, 'layer')}, from {name(skip.fork)} to {name(skip.merge)}:{' '}
            {skip.main.nodes.slice(0, NAMED).map(name).join(', ')}
            {skip.main.nodes.length > NAMED && ` and ${skip.main.nodes.length - NAMED} more`}.
          </p>
        </Section>
      )}
    </div>
  );
}
