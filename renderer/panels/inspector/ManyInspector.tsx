import type { NodeId } from '../../../shared/graph/graph';
import type { NetworkAnalysis } from '../../../shared/infer/analysis';
import { runCommand } from '../../commands/commands';
import { useDocument } from '../../state/document';
import { faceOf } from '../../../shared/picture/face';
import { currentGraph, pathIn } from '../../state/location';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { KindTile } from '../../ui/Icon';
import { countOf, formatLarge } from '../../ui/numbers';
import { ConsequenceNote } from './Consequence';
import { ManyParams } from './ManyParams';
import { Fact, Section } from './Section';

const SHOWN = 12;

/** Several layers: how many, what they have in common, and what they cost together. */
export function ManyInspector({ nodes }: { readonly nodes: ReadonlySet<NodeId> }) {
  const document = useDocument((state) => state.document);
  const analysis = useDocument((state) => state.analysis);
  const location = useSession((state) => state.location);
  const { graph, ref, prefix } = currentGraph(document, location);
  const selected = [...nodes].flatMap((id) => graph.nodes[id] ?? []);
  const faces = selected.map((node) => ({ node, face: faceOf(node, document) }));
  const paths = selected.map((node) => pathIn(prefix, node.id));
  return (
    <div className="flex flex-col gap-3.5 px-3.5 py-3">
      <header>
        <h2 className="text-lg font-semibold">{countOf(selected.length, 'layer')}</h2>
        <p className="text-secondary">{kindsIn(faces.map(({ face }) => face.title))}</p>
      </header>
      <ManyParams key={paths.join(' ')} nodes={selected} graph={ref} />
      <ConsequenceNote />
      <Section title="Selected">
        <ul>
          {faces.slice(0, SHOWN).map(({ node, face }) => (
            <li key={node.id}>
              <button
                type="button"
                onClick={() => useSession.getState().select([node.id])}
                className="flex h-7 w-full items-center gap-2.5 rounded-md px-1 text-left hover:bg-hover"
              >
                <KindTile icon={face.icon} kind={face.kind} />
                <span className="truncate">{node.name}</span>
                <span className="ml-auto truncate pl-2 font-mono text-xs text-secondary">{face.summary}</span>
              </button>
            </li>
          ))}
          {faces.length > SHOWN && <li className="px-1 pt-1 text-sm text-secondary">And {faces.length - SHOWN} more.</li>}
        </ul>
      </Section>
      <Section title="Together">
        <dl>
          <Fact name="Parameters" value={sumOf(analysis, paths, 'parameters')} />
          <Fact name="of these trained" value={sumOf(analysis, paths, 'trainableParameters')} />
          <Fact name="MACs" value={sumOf(analysis, paths, 'macs')} />
        </dl>
      </Section>
      <div className="flex gap-2">
        <Button onClick={() => runCommand('edit.duplicate')}>Duplicate</Button>
        <Button onClick={() => runCommand('edit.delete')}>Delete</Button>
      </div>
    </div>
  );
}

/** `2 Conv2D, 1 ReLU` */
function kindsIn(titles: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [...counts].map(([title, count]) => `${count} ${title}`).join(', ');
}

function sumOf({ nodes }: NetworkAnalysis, paths: readonly string[], key: 'parameters' | 'trainableParameters' | 'macs'): string {
  const values = paths.map((path) => nodes.get(path)?.[key]);
  const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return values.includes(undefined) ? `${formatLarge(sum)} + unknown` : formatLarge(sum);
}
