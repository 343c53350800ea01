import { CircleAlert, CircleCheck, FolderOpen } from 'lucide-react';
import type { JobState } from '../../../shared/rpc/contract';
import { errorWords } from '../../../shared/rpc/messages';
import { host, useConnection } from '../../host/client';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FailureNote } from '../runs/FailureNote';
import { ProgressBar } from '../runs/ProgressBar';
import { ExportReportView } from './ExportReportView';

interface ExportProgressProps {
  readonly job: JobState;
  readonly onClose: () => void;
  /** Back to the choices. */
  readonly onAgain: () => void;
}

/** An export on its way, done, cancelled or failed. Closing does not stop it; Cancel does. */
export function ExportProgress({ job, onClose, onAgain }: ExportProgressProps) {
  return (
    <Dialog
      title={titles[job.status]}
      description={job.status === 'running' ? job.detail : undefined}
      onClose={onClose}
      footer={<Footer job={job} onClose={onClose} onAgain={onAgain} />}
    >
      <div role="status" className="flex flex-col gap-2">
        {job.status === 'running' && <ProgressBar label="Export progress" share={job.progress} />}
        {job.status === 'cancelled' && <p className="text-secondary">Nothing was left behind.</p>}
        {job.status === 'failed' && <FailureNote message={failureWords(job)} />}
        {job.status === 'done' && <Done job={job} />}
      </div>
    </Dialog>
  );
}

const titles: Readonly<Record<JobState['status'], string>> = {
  running: 'Exporting…',
  done: 'Exported',
  failed: 'The export failed',
  cancelled: 'The export was cancelled',
};

function Done({ job }: { readonly job: JobState }) {
  if (!job.exportReport) return <p className="text-secondary">{job.detail}</p>;
  const { verification } = job.exportReport;
  const isProven = verification.kind === 'verified' && verification.passed;
  return (
    <div className="flex gap-2.5">
      {isProven ? (
        <CircleCheck size="1.125rem" aria-hidden className="mt-0.5 shrink-0 text-success-text" />
      ) : (
        <CircleAlert size="1.125rem" aria-hidden className="mt-0.5 shrink-0 text-warning-text" />
      )}
      <ExportReportView report={job.exportReport} />
    </div>
  );
}

function Footer({ job, onClose, onAgain }: ExportProgressProps) {
  // A browser may be far from the machine that writes.
  const hasFileManager = useConnection((state) => state.info?.host === 'electron');
  const act = (call: 'jobs.cancel' | 'jobs.reveal') => {
    host
      .call(call, { jobId: job.id })
      .catch((error: unknown) => useSession.getState().toast({ tone: 'error', message: errorWords(error) }));
  };
  if (job.status === 'running') return <Button onClick={() => act('jobs.cancel')}>Cancel</Button>;
  return (
    <>
      {job.status === 'done' && hasFileManager && (
        <Button icon={<FolderOpen size="0.875rem" aria-hidden />} onClick={() => act('jobs.reveal')}>
          Show folder
        </Button>
      )}
      {job.status !== 'done' && <Button onClick={onAgain}>Back</Button>}
      <Button variant="primary" onClick={onClose}>
        Done
      </Button>
    </>
  );
}

function failureWords({ error, detail }: JobState): string {
  if (!error) return detail;
  return error.fix === undefined ? error.message : `${error.message}\n${error.fix}`;
}
