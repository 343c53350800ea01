import { CircleAlert, CircleCheck, CirclePause, CircleStop, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { RunStatus, RunSummary } from '../../../shared/rpc/contract';
import { engineWords } from '../../../shared/rpc/engineWords';
import { optimizerOf } from '../../../shared/training/optimizers/index';
import type { RunView } from '../../state/runUpdates';
import { useRuns } from '../../state/runs';
import { classes } from '../../ui/classes';
import { statusWords } from '../training/runWords';
import { RunActions } from './RunActions';
import { percent, whenWords } from './words';

const icons: Readonly<Record<RunStatus, LucideIcon>> = {
  preparing: LoaderCircle,
  running: LoaderCircle,
  pausing: CirclePause,
  paused: CirclePause,
  stopping: CircleStop,
  finished: CircleCheck,
  stopped: CircleStop,
  failed: CircleAlert,
};

interface RunRowProps {
  readonly run: RunView;
  readonly isShown: boolean;
  readonly canCompare: boolean;
}

export function RunRow({ run, isShown, canCompare }: RunRowProps) {
  const { summary } = run;
  const when = whenWords(summary.startedAt, Date.now());
  return (
    <tr aria-current={isShown || undefined} className={classes('group', isShown ? 'bg-accent-soft' : 'hover:bg-hover')}>
      <th scope="row" className="p-0 text-left font-normal">
        <button
          type="button"
          aria-pressed={isShown}
          title={isShown ? 'Its curves are shown' : 'Show its curves'}
          className="h-8 w-full rounded-md px-2 text-left text-ink"
          onClick={() => useRuns.getState().select(summary.id)}
        >
          {when}
        </button>
      </th>
      <Cell>
        <Status status={summary.status} message={summary.message} />
      </Cell>
      <Cell>{summary.engine === null ? '–' : engineWords(summary.engine)}</Cell>
      <Cell isNumber>{optimizerWords(summary)}</Cell>
      <Cell isNumber>
        {summary.epoch}/{summary.request.epochs}
      </Cell>
      <Cell isNumber>{percent(summary.best?.validationAccuracy)}</Cell>
      <Cell isNumber>{percent(summary.testAccuracy)}</Cell>
      <td className="px-2">
        <RunActions run={run} when={when} isShown={isShown} canCompare={canCompare} />
      </td>
    </tr>
  );
}

function Cell({ isNumber = false, children }: { readonly isNumber?: boolean; readonly children: React.ReactNode }) {
  return <td className={classes('px-2', isNumber && 'font-mono text-sm')}>{children}</td>;
}

function Status({ status, message }: { readonly status: RunStatus; readonly message: string | null }) {
  const Icon = icons[status];
  return (
    <span
      title={message ?? undefined}
      className={classes('inline-flex items-center gap-1.5', status === 'failed' ? 'text-error-text' : 'text-ink')}
    >
      <Icon
        size="0.875rem"
        aria-hidden
        className={status === 'running' || status === 'preparing' ? 'animate-spin text-accent-text' : undefined}
      />
      {statusWords[status]}
    </span>
  );
}

function optimizerWords({ request: { optimizer, batchSize } }: RunSummary): string {
  return `${optimizerOf(optimizer.kind).title} ${optimizer.learningRate} · b${batchSize}`;
}
