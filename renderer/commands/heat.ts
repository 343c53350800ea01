import { useDocument } from '../state/document';
import { useHeat } from '../state/heat';
import { useSession } from '../state/session';
import { defineCommand } from './command';

/** What was looked at last, which the command brings back. */
let last = 'macs';

/** Colours the canvas by a source, or by none, and says where it is hottest. */
export function showHeat(id: string | null): void {
  useHeat.getState().choose(id);
  const { shown, values } = useHeat.getState();
  if (!shown) return useSession.getState().announce('Heat map off.');
  last = shown.id;
  const { nodes } = useDocument.getState().analysis;
  const [path, most] = [...values]
    .filter(([key]) => !key.includes('/'))
    .reduce<[string, { share: number; label: string }]>(
      (before, [key, value]) => (value.share > before[1].share ? [key, value] : before),
      ['', { share: 0, label: '' }],
    );
  useSession
    .getState()
    .announce(
      `Heat map: ${shown.title}. ${most.share > 0 ? `Most at ${nodes.get(path)?.name ?? path}, ${most.label}.` : 'Nothing has any.'}`,
    );
}

function showNext(): void {
  const { sources, shown } = useHeat.getState();
  const next = sources[(sources.findIndex(({ id }) => id === shown?.id) + 1) % sources.length];
  if (next) showHeat(next.id);
}

export const heatCommands = [
  defineCommand('view.heat', {
    run: () => showHeat(useHeat.getState().shown ? null : last),
    checked: () => useHeat.getState().shown !== null,
  }),
  defineCommand('view.heatNext', { run: showNext }),
] as const;
