import { useEffect, useState } from 'react';
import { engineWords } from '../../../shared/rpc/engineWords';
import { dataNotes } from '../../../shared/training/dataNotes';
import { durationWords } from '../../../shared/training/durations';
import { isComparing, useRuns } from '../../state/runs';
import type { RunView } from '../../state/runUpdates';
import { classes } from '../../ui/classes';
import { FailureNote } from '../runs/FailureNote';
import { ProgressBar } from '../runs/ProgressBar';
import { percent } from '../runs/words';
import { keyFigure, progressShare, progressWords } from './runWords';

interface RunStatusProps {
  readonly run: RunView;
  /** A strip gives its room to the curves. */
  readonly isFolded: boolean;
}

/** The key figure of a run, and how far it is. */
export function RunStatusView({ run, isFolded }: RunStatusProps) {
  const { summary } = run;
  const { figure, words } = keyFigure(run);
  return (
    <section
      aria-label="Run"
      className={classes(
        'flex flex-col strip:col-start-2 strip:row-start-1 strip:flex-row strip:flex-wrap strip:items-baseline strip:gap-x-2 strip:px-3 strip:pt-2',
        isFolded && 'strip:hidden',
      )}
    >
      <p className="text-xl font-semibold text-ink">{figure}</p>
      <p className="mb-1.5 text-sm text-secondary strip:mb-0">{words}</p>
      <div className="strip:order-1 strip:w-full">
        <ProgressBar label="Training progress" share={summary.status === 'preparing' ? null : progressShare(summary)} />
      </div>
      <p
        role="status"
        className={`mt-1.5 text-sm strip:mt-0 strip:ml-auto ${summary.status === 'failed' ? 'text-error-text' : 'text-secondary'}`}
      >
        {progressWords(summary)}
      </p>
    </section>
  );
}

/** What is to be known of a run: what is odd in it, and what went wrong if something did. */
export function RunNotes({ run: { summary } }: { readonly run: RunView }) {
  return (
    <div className="flex flex-col gap-1.5 empty:hidden">
      <SilenceNote since={summary.silentSince ?? null} />
      {dataNotes(summary).map((note) => (
        <p key={note} className="text-sm text-warning-text">
          {note}
        </p>
      ))}
      {summary.status === 'failed' ? (
        <FailureNote message={summary.message ?? 'It failed, and nobody said why. Train again.'} />
      ) : (
        summary.message !== null && <p className="text-sm text-secondary">{summary.message}</p>
      )}
    </div>
  );
}

/** That the engine is not heard of, and for how long: it may be at a long step, or stuck. */
function SilenceNote({ since }: { readonly since: number | null }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (since === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [since]);
  if (since === null) return null;
  return (
    <p className="text-sm text-warning-text">
      Nothing was heard for {durationWords(Math.max(0, now - since) / 1000)}, longer than any step of this run took. It may be busy, or
      stuck: Stop ends it and keeps the last checkpoint.
    </p>
  );
}

/** What the run was done with, and its best epoch; of several that are compared the list of runs has both, where a strip lacks the room. */
export function RunFootnote({ run: { summary } }: { readonly run: RunView }) {
  const isCompared = useRuns(isComparing);
  const best = summary.best && `Best validation accuracy ${percent(summary.best.validationAccuracy)} in epoch ${summary.best.epoch}`;
  const words = [best, summary.engine && engineWords(summary.engine), summary.engineReason].filter(Boolean).join(' · ');
  return (
    <p title={words} className={classes('text-sm text-secondary', isCompared ? 'strip:hidden' : 'strip:truncate')}>
      {words}
    </p>
  );
}
