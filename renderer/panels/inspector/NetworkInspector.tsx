import type { DataFormat } from '../../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../../shared/infer/analysis';
import { activationMemory } from '../../../shared/infer/memory';
import { lastLocal } from '../../../shared/infer/reach';
import { fieldInWords } from '../../../shared/infer/reachInWords';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { useWhenQuiet } from '../../state/useQuiet';
import { formatBytes, formatCount, formatSum } from '../../ui/numbers';
import { besideLabel } from '../../ui/besideLabel';
import { Select } from '../../ui/Select';
import { BlockDefinitionView } from './BlockDefinitionView';
import { NetworkChecks } from './NetworkChecks';
import { Fact, Section } from './Section';

const dataFormats = [
  { value: 'channelsLast', label: 'channels last', description: 'height × width × channels' },
  { value: 'channelsFirst', label: 'channels first', description: 'channels × height × width' },
] as const;

/** With nothing selected: the network, or the block that is open. */
export function NetworkInspector() {
  const location = useSession((state) => state.location);
  const documentId = useDocument((state) => state.document.id);
  const last = location.at(-1);
  return last ? <BlockDefinitionView id={last.block} /> : <NetworkView key={documentId} />;
}

function NetworkView() {
  const dataFormat = useDocument((state) => state.document.dataFormat);
  const totals = useDocument((state) => state.analysis.totals);
  const layers = useDocument((state) => state.analysis.flat.nodes.size);
  const figures = useWhenQuiet(
    useDocument((state) => state.analysis),
    figuresOf,
  );
  const setFormat = (next: DataFormat) =>
    useDocument.getState().edit('Set the data format', (document) => ({ ...document, dataFormat: next }), 'record');
  return (
    <div className="flex flex-col gap-3.5 px-3.5 py-3">
      <header>
        <h2 className="text-lg font-semibold">Network</h2>
        <p className="text-secondary">Select a layer to see its parameters and shapes.</p>
      </header>
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="w-25 shrink-0 text-secondary">Data format</span>
        <div className={besideLabel}>
          <Select label="Data format" value={dataFormat} options={dataFormats} onChange={setFormat} />
        </div>
      </div>
      <Section title="Cost">
        <dl>
          <Fact name="Layers" value={formatCount(layers)} />
          <Fact name="Parameters" value={formatSum(totals.parameters, totals.unknownParameters)} full={formatCount(totals.parameters)} />
          <Fact
            name="of these trained"
            value={formatSum(totals.trainableParameters, totals.unknownParameters)}
            full={formatCount(totals.trainableParameters)}
          />
          <Fact name="MACs" value={formatSum(totals.macs, totals.unknownMacs)} full={formatCount(totals.macs)} />
          <Fact name="Weights" value={formatSum(totals.weightBytes, totals.unknownParameters, formatBytes)} />
          {figures === undefined ? <Fact name="Peak memory" value="…" /> : <WholeFigures {...figures} />}
        </dl>
      </Section>
      <NetworkChecks />
    </div>
  );
}

/** What takes a walk over the whole network to know. */
function figuresOf(analysis: NetworkAnalysis) {
  const memory = activationMemory(analysis);
  const last = lastLocal(analysis);
  const nameOf = (path: string | undefined) => analysis.nodes.get(path ?? '')?.name ?? path ?? '';
  return {
    memory: memory && { ...memory, peakAt: nameOf(memory.peakAt) },
    last: last && { name: nameOf(last.path), words: fieldInWords(last.field) },
  };
}

function WholeFigures({ memory, last }: ReturnType<typeof figuresOf>) {
  return (
    <>
      {memory && (
        <>
          <Fact
            name="Peak memory"
            value={formatBytes(memory.peak)}
            full={`Inference of one sample, weights not counted; while “${memory.peakAt}” is computed`}
          />
          <Fact
            name="Kept for training"
            value={formatBytes(memory.training)}
            full="What gradients need of the results, for each sample of a batch"
          />
        </>
      )}
      {last && (
        <Fact name="Receptive field" value={last.words} full={`Of “${last.name}”, the last layer that sees a part of the input only`} />
      )}
    </>
  );
}
