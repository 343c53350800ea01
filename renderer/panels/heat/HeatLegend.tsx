import { X } from 'lucide-react';
import { runCommand, useShortcut } from '../../commands/commands';
import { useHeat } from '../../state/heat';
import { currentGraph, pathIn } from '../../state/location';
import { useSession } from '../../state/session';
import { useDocument } from '../../state/document';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { HeatChoice } from './HeatChoice';

/** What the colours of the canvas mean, from nothing to the most of what is shown, and the way to others and back. */
export function HeatLegend() {
  const shown = useHeat((state) => state.shown);
  const shortcut = useShortcut('view.heat');
  if (!shown) return null;
  return (
    <section
      aria-label="Heat map"
      className="absolute right-3 bottom-3 z-10 max-h-[calc(100%-1.5rem)] w-62 overflow-y-auto rounded-lg border border-line bg-raised px-2 pt-1.5 pb-2 shadow-float"
    >
      <div className="flex items-center gap-1">
        <HeatChoice />
        <IconButton
          label="Heat map off"
          shortcut={shortcut}
          icon={<X size="0.875rem" aria-hidden />}
          onClick={() => runCommand('view.heat')}
        />
      </div>
      <Scale />
      <Meaning text={shown.meaning} />
    </section>
  );
}

/** What the figures are of; and where they are of another network than the one that is seen, that. */
function Meaning({ text }: { readonly text: string }) {
  const isOld = useHeat((state) => state.isOld);
  return (
    <>
      <p className="mt-1 px-0.5 text-xs text-secondary">{text}</p>
      {isOld && (
        <div role="status" className="mt-1 flex items-center gap-1.5 px-0.5 text-xs text-warning-text">
          <span className="flex-1">Measured before the network was changed.</span>
          <Button variant="plain" className="h-6 text-xs" onClick={() => runCommand('run.profile')}>
            Measure…
          </Button>
        </div>
      )}
    </>
  );
}

function Scale() {
  const values = useHeat((state) => state.values);
  const location = useSession((state) => state.location);
  const document = useDocument((state) => state.document);
  const { graph, prefix } = currentGraph(document, location);
  const here = Object.keys(graph.nodes).flatMap((id) => values.get(pathIn(prefix, id)) ?? []);
  const hottest = here.reduce<(typeof here)[number] | undefined>(
    (most, value) => (most && most.share >= value.share ? most : value),
    undefined,
  );
  return (
    <div className="mt-1.5 flex items-center gap-2 font-mono text-xs text-secondary">
      <span>0</span>
      <span aria-hidden className="h-2 flex-1 rounded-full border border-line bg-linear-to-r from-raised to-(--heat-hot)" />
      <span>{hottest && hottest.share > 0 ? hottest.label : 'none'}</span>
    </div>
  );
}
