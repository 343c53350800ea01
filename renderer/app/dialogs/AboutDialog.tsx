import type { AppInfo } from '../../../shared/rpc/contract';
import { useState } from 'react';
import { host, useConnection } from '../../host/client';
import { copyText } from '../../host/copyText';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Logo } from '../../ui/Logo';

interface Report {
  readonly text: string;
  readonly isCopied: boolean;
}

/** Versions of everything, and a report to copy. Nothing personal is in it. */
export function AboutDialog() {
  const close = useSession((state) => state.closeDialog);
  const info = useConnection((state) => state.info);
  const [report, setReport] = useState<Report | null>(null);

  async function copy() {
    if (!info) return;
    const troubles = await host.call('log.report', {}).catch(() => ({ text: '' }));
    const text = reportText(info, troubles.text);
    setReport({ text, isCopied: await copyText(text) });
  }

  return (
    <Dialog
      title="About Skipwire"
      description="A visual editor for neural networks. MIT licence. It sends nothing anywhere."
      onClose={close}
      footer={
        <>
          <Button variant="plain" onClick={() => useSession.getState().openDialog({ kind: 'log' })}>
            Show log
          </Button>
          <Button disabled={!info} onClick={() => void copy()}>
            Copy for a bug report
          </Button>
        </>
      }
    >
      <div className="flex gap-5 py-1">
        <Logo size="3.5rem" />
        <dl className="min-w-0 flex-1">
          {(info ? rowsOf(info) : []).map(([name, value]) => (
            <div key={name} className="flex min-h-6 gap-3">
              <dt className="w-28 shrink-0 text-secondary">{name}</dt>
              <dd className="min-w-0 break-words select-text">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {report !== null && (
        <section aria-label="Report" className="mt-3">
          <p role="status" className="mb-1 text-sm text-secondary">
            {report.isCopied ? 'This was copied.' : 'Select this and copy it.'} It holds no paths, no names and nothing of your networks.
          </p>
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
            tabIndex={0}
            className="max-h-40 overflow-auto rounded-lg border border-line bg-canvas p-2 font-mono text-xs whitespace-pre-wrap select-text"
          >
            {report.text}
          </pre>
        </section>
      )}
    </Dialog>
  );
}

function rowsOf(info: AppInfo): readonly (readonly [string, string])[] {
  return [
    ...baseRows(info),
    ...info.engines.map(
      ({ title, available, version, reason }) => [title, available ? (version ?? 'there') : (reason ?? 'not there')] as const,
    ),
    ...Object.entries(info.versions),
  ];
}

function baseRows(info: AppInfo): readonly (readonly [string, string])[] {
  return [
    ['Skipwire', info.version],
    ['Host', `${info.host === 'electron' ? 'desktop' : 'browser'} · ${info.platform}`],
  ];
}

/** Why an engine is not there may name folders: the report says only that it is not. */
function reportText(info: AppInfo, troubles: string): string {
  const rows = [
    ...baseRows(info),
    ...info.engines.map(({ title, available, version }) => [title, available ? (version ?? 'there') : 'not there'] as const),
    ...Object.entries(info.versions),
  ];
  return [...rows.map(([name, value]) => `${name}: ${value}`), '', troubles === '' ? 'Nothing went wrong since the start.' : troubles].join(
    '\n',
  );
}
