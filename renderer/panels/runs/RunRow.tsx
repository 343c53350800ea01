import { CircleAlert, CircleCheck, CirclePause, CircleStop, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { RunStatus } from '../../../shared/rpc/contract';
import { engineWords } from '../../../shared/rpc/engineWords';
import type { RunView } from '../../state/runUpdates';
import { useRuns } from '../../state/runs';
import { classes } from '../../ui/classes';
import { statusWords } from '../training/runWords';
import { LineSample } from '../training/LineSample';
import { RunActions } from './RunActions';
import { optimizerWords, percent, runTitle, whenWords } from './words';

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
  /** The number of its colour where its curves are drawn among those of others. */
  readonly colour: number | undefined;
  /** There are others to compare it with. */
  readonly canCompare: boolean;
}

export function RunRow({ run, isShown, colour, canCompare }: RunRowProps) {
  const { summary } = run;
  const when = whenWords(summary.startedAt, Date.now());
  return (
    <tr aria-current={isShown || undefined} className={classes('group', isShown ? 'bg-accent-soft' : 'hover:bg-hover')}>
      {canCompare && (
        <td className="w-14 pl-2">
          <CompareBox id={summary.id} title={runTitle(summary, Date.now())} isShown={isShown} colour={colour} />
        </td>
      )}
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
        <RunActions run={run} when={when} />
      </td>
    </tr>
  );
}

interface CompareBoxProps {
  readonly id: string;
  readonly title: string;
  readonly isShown: boolean;
  readonly colour: number | undefined;
}

/** Whether a run's curves are drawn among those of others, and in which colour. */
function CompareBox({ id, title, isShown, colour }: CompareBoxProps) {
  return (
    <label
      className="flex h-8 items-center gap-1.5"
      title={isShown ? 'Its curves are shown' : 'Draw its curves together with those of the shown run'}
    >
      <input
        type="checkbox"
        aria-label={`Draw the curves of ${title}`}
        className="accent-(--accent)"
        checked={isShown || colour !== undefined}
        disabled={isShown}
        onChange={({ currentTarget }) => useRuns.getState().compare(id, currentTarget.checked)}
      />
      {colour !== undefined && <LineSample colour={`--run-${colour}`} />}
    </label>
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
