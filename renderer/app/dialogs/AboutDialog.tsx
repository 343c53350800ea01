import { useConnection } from '../../host/client';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Logo } from '../../ui/Logo';

/** Versions of everything, to copy into a report. Nothing personal is in it. */
export function AboutDialog() {
  const close = useSession((state) => state.closeDialog);
  const info = useConnection((state) => state.info);
  const rows = info
    ? [
        ['Skipwire', info.version],
        ['Host', `${info.host === 'electron' ? 'desktop' : 'browser'} · ${info.platform}`],
        ...info.engines.map(
          (engine) => [engine.title, engine.available ? (engine.version ?? 'there') : (engine.reason ?? 'not there')] as const,
        ),
        ...Object.entries(info.versions),
      ]
    : [];
  return (
    <Dialog
      title="About Skipwire"
      description="A visual editor for neural networks. MIT licence. It sends nothing anywhere."
      onClose={close}
      footer={
        <Button onClick={() => void navigator.clipboard.writeText(rows.map(([name, value]) => `${name}: ${value}`).join('\n'))}>
          Copy for a report
        </Button>
      }
    >
      <div className="flex gap-5 py-1">
        <Logo size={56} />
        <dl className="min-w-0 flex-1">
          {rows.map(([name, value]) => (
            <div key={name} className="flex min-h-6 gap-3">
              <dt className="w-28 shrink-0 text-secondary">{name}</dt>
              <dd className="min-w-0 break-words select-text">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
