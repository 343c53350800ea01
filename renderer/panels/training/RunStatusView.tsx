import { dataNotes } from '../../../shared/training/dataNotes';
import type { RunView } from '../../state/runUpdates';
import { FailureNote } from '../runs/FailureNote';
import { ProgressBar } from '../runs/ProgressBar';
import { engineWords, percent } from '../runs/words';
import { keyFigure, progressShare, progressWords } from './runWords';

/** The key figure of a run, how far it is, and what went wrong if something did. */
export function RunStatusView({ run }: { readonly run: RunView }) {
  const { summary } = run;
  const { figure, words } = keyFigure(run);
  return (
    <section aria-label="Run" className="flex flex-col">
      <p className="text-xl font-semibold text-ink">{figure}</p>
      <p className="mb-1.5 text-sm text-secondary">{words}</p>
      <ProgressBar label="Training progress" share={summary.status === 'preparing' ? null : progressShare(summary)} />
      <p role="status" className="mt-1.5 text-sm text-secondary">
        {progressWords(summary)}
      </p>
      {dataNotes(summary).map((note) => (
        <p key={note} className="mt-1 text-sm text-warning-text">
          {note}
        </p>
      ))}
      {summary.status === 'failed' ? (
        <div className="mt-1.5">
          <FailureNote message={summary.message ?? 'It failed, and nobody said why. Train again.'} />
        </div>
      ) : (
        summary.message !== null && <p className="mt-1 text-sm text-secondary">{summary.message}</p>
      )}
    </section>
  );
}

/** What the run was done with, and its best epoch. */
export function RunFootnote({ run: { summary } }: { readonly run: RunView }) {
  const best = summary.best && `Best validation accuracy ${percent(summary.best.validationAccuracy)} in epoch ${summary.best.epoch}`;
  return (
    <p className="text-sm text-secondary">
      {[best, summary.engine && engineWords(summary.engine), summary.engineReason].filter(Boolean).join(' · ')}
    </p>
  );
}
