import { parsePort } from '../../../shared/graph/graph';
import { formatShape, type TensorType } from '../../../shared/graph/tensor';
import type { NodeAnalysis } from '../../../shared/infer/analysis';
import { intensityOf, memoryOf } from '../../../shared/infer/memory';
import { receptiveField } from '../../../shared/infer/reach';
import { centreInWords, fieldInWords, strideInWords } from '../../../shared/infer/reachInWords';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { useSettledFigures } from '../../state/settled';
import { formatBytes, formatCount, formatLarge } from '../../ui/numbers';
import { Fact, Section } from './Section';

/** What goes in and out of a layer, and what it costs. */
export function NodeFacts({ analysis }: { readonly analysis: NodeAnalysis }) {
  return (
    <>
      <Section title="Shapes">
        <dl>
          <Ports kind="Input" types={analysis.inputs} />
          <Ports kind="Output" types={analysis.outputs} />
        </dl>
        {analysis.blockedBy !== undefined && <Blocked by={analysis.blockedBy} />}
      </Section>
      <Section title="Cost">
        <dl>
          <Figure name="Parameters" value={analysis.parameters} />
          {analysis.trainableParameters !== analysis.parameters && <Figure name="of these trained" value={analysis.trainableParameters} />}
          <Figure name="MACs" value={analysis.macs} />
          <Memory path={analysis.path} />
        </dl>
      </Section>
      <Reach path={analysis.path} />
    </>
  );
}

/** What its results take for one sample, and how much is computed for each byte. */
function Memory({ path }: { readonly path: string }) {
  const { network, told } = useSettledFigures();
  // A layer that was just added is not in it yet.
  if (!network.nodes.has(path)) return <Fact name="Activation memory" value="…" />;
  const memory = memoryOf(network, path);
  const intensity = intensityOf(network, path);
  if (!memory) return <Fact name="Activation memory" value={told('unknown')} />;
  return (
    <>
      <Fact name="Activation memory" value={told(formatBytes(memory.result))} full="Of its result, for one sample" />
      {memory.held !== undefined && (
        <Fact
          name="held in inference"
          value={told(formatBytes(memory.held))}
          full="By the whole network while this is computed, for one sample"
        />
      )}
      {memory.kept !== undefined && (
        <Fact name="kept for training" value={told(formatBytes(memory.kept))} full="What gradients need of its results, for one sample" />
      )}
      {intensity !== undefined && intensity > 0 && (
        <Fact
          name="Operations a byte"
          value={told(intensity.toPrecision(3))}
          full="Arithmetic intensity: two operations a MAC, for each byte of inputs, outputs and weights of one sample"
        />
      )}
    </>
  );
}

/** How much of the input one position of the result depends on. */
function Reach({ path }: { readonly path: string }) {
  const { network, told } = useSettledFigures();
  const field = network.nodes.has(path) ? receptiveField(network, path) : undefined;
  if (field === undefined) return null;
  return (
    <Section title="Receptive field">
      <dl>
        <Fact name="Size" value={told(fieldInWords(field))} />
        {field !== 'whole' && (
          <>
            <Fact
              name="Stride"
              value={told(strideInWords(field))}
              full={`${told(strideInWords(field))} elements of the input from one position to the next`}
            />
            <Fact
              name="First centre"
              value={told(centreInWords(field))}
              full="Where the first position looks; the first element of the input has its centre at 0"
            />
          </>
        )}
      </dl>
    </Section>
  );
}

function Ports({ kind, types }: { readonly kind: 'Input' | 'Output'; readonly types: Readonly<Record<string, TensorType>> }) {
  const ports = Object.entries(types);
  if (ports.length === 0) return <Fact name={kind} value={kind === 'Output' ? 'unknown' : '–'} />;
  return ports.map(([port, type]) => (
    <Fact
      key={port}
      name={ports.length === 1 ? kind : `${kind} ${portName(port)}`}
      value={`${formatShape(type.shape)}${type.dtype === 'float32' ? '' : ` ${type.dtype}`}`}
      full={formatShape(type.shape, { batch: true })}
    />
  ));
}

/** `inputs.0` is the first input; a port with a name of its own keeps it. */
function portName(port: string): string {
  const { index } = parsePort(port);
  return index === undefined ? port : String(index + 1);
}

function Figure({ name, value }: { readonly name: string; readonly value: number | undefined }) {
  return (
    <Fact
      name={name}
      value={value === undefined ? 'unknown' : formatLarge(value)}
      full={value === undefined ? undefined : formatCount(value)}
    />
  );
}

function Blocked({ by }: { readonly by: string }) {
  const name = useDocument((state) => state.analysis.flat.nodes.get(by)?.name ?? by);
  return (
    <p className="mt-1 text-sm text-secondary">
      Unknown because of{' '}
      <button type="button" onClick={() => useSession.getState().reveal(by)} className="font-medium text-accent-text hover:underline">
        {name}
      </button>
      .
    </p>
  );
}
