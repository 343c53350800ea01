import type { DataFormat } from '../../../shared/graph/tensor';
import { useDocument } from '../../state/document';
import { currentGraph, useSession } from '../../state/session';
import { formatBytes, formatCount, formatLarge } from '../../ui/numbers';
import { Select } from '../../ui/Select';
import { Fact, Section } from './Section';

const dataFormats = [
  { value: 'channelsLast', label: 'channels last', description: 'height × width × channels' },
  { value: 'channelsFirst', label: 'channels first', description: 'channels × height × width' },
] as const;

/** With nothing selected: the network, or the block that is open. */
export function NetworkInspector() {
  const location = useSession((state) => state.location);
  const last = location.at(-1);
  return last ? <BlockDefinitionView id={last.block} /> : <NetworkView />;
}

function NetworkView() {
  const dataFormat = useDocument((state) => state.document.dataFormat);
  const totals = useDocument((state) => state.analysis.totals);
  const layers = useDocument((state) => state.analysis.flat.nodes.size);
  const setFormat = (next: DataFormat) =>
    useDocument.getState().edit('Set the data format', (document) => ({ ...document, dataFormat: next }), 'record');
  return (
    <div className="flex flex-col gap-3.5 px-3.5 py-3">
      <header>
        <h2 className="text-lg font-semibold">Network</h2>
        <p className="text-secondary">Select a layer to see its parameters and shapes.</p>
      </header>
      <div className="flex items-center gap-2">
        <span className="w-25 shrink-0 text-secondary">Data format</span>
        <Select label="Data format" value={dataFormat} options={dataFormats} onChange={setFormat} />
      </div>
      <Section title="Cost">
        <dl>
          <Fact name="Layers" value={formatCount(layers)} />
          <Fact name="Parameters" value={formatLarge(totals.parameters)} full={formatCount(totals.parameters)} />
          <Fact name="of these trained" value={formatLarge(totals.trainableParameters)} full={formatCount(totals.trainableParameters)} />
          <Fact name="MACs" value={formatLarge(totals.macs)} full={formatCount(totals.macs)} />
          <Fact name="Weights" value={formatBytes(totals.weightBytes)} />
        </dl>
      </Section>
    </div>
  );
}

function BlockDefinitionView({ id }: { readonly id: string }) {
  const block = useDocument((state) => state.document.blocks[id]);
  const instances = useDocument(({ document }) =>
    [document.graph, ...Object.values(document.blocks).map(({ graph }) => graph)].reduce(
      (sum, { nodes }) => sum + Object.values(nodes).filter((node) => node.block === id).length,
      0,
    ),
  );
  const depth = useSession((state) => state.location.length);
  const graph = useDocument(({ document }) => currentGraph(document, useSession.getState().location).graph);
  if (!block) return null;
  return (
    <div className="flex flex-col gap-3.5 px-3.5 py-3">
      <header>
        <h2 className="text-lg font-semibold">{block.name}</h2>
        <p className="text-secondary">{block.description ?? 'A block definition.'} A change here changes every instance.</p>
      </header>
      <Section title="Parameters">
        <dl>
          {block.parameters.map(({ name, default: value }) => (
            <Fact key={name} name={name} value={JSON.stringify(value)} />
          ))}
          {block.parameters.length === 0 && <p className="text-sm text-secondary">It has none.</p>}
        </dl>
      </Section>
      <Section title="Use">
        <dl>
          <Fact name="Instances" value={formatCount(instances)} />
          <Fact name="Layers inside" value={formatCount(Object.keys(graph.nodes).length)} />
          <Fact name="Depth" value={depth} />
        </dl>
      </Section>
    </div>
  );
}
