import { useState } from 'react';
import type { ExportFormat } from '../../../shared/rpc/contract';
import { useConnection } from '../../host/client';
import { useRuns, type ExportTarget } from '../../state/runs';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FailureNote } from '../runs/FailureNote';
import { ExportChoices } from './ExportChoices';
import { ExportProgress } from './ExportProgress';
import { exportableRun, exportName } from './exportWords';

/** Takes a trained network away: which run, in which format, where to; then the proof that it gives the same numbers. */
export function ExportDialog({ format: wished }: { readonly format: ExportFormat }) {
  const close = useSession((state) => state.closeDialog);
  const usable = useRuns(exportableRun);
  const failure = useRuns((state) => state.failure);
  const nativeDialogs = useConnection((state) => state.info?.nativeDialogs ?? false);
  const [format, setFormat] = useState<ExportFormat>(wished);
  const [runId, setRunId] = useState<string | null>(null);
  const [folder, setFolder] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const job = useRuns((state) => (jobId === null ? undefined : state.jobs[jobId]));
  const run = useRuns((state) => (runId === null ? undefined : state.runs[runId])) ?? usable;
  const target: ExportTarget | null = folder === null || !run ? null : { folder, name: name ?? exportName(run.summary, format) };
  const isReady = run !== undefined && !isAsking && jobId === null && (nativeDialogs || (target !== null && target.name.trim() !== ''));

  async function start(): Promise<void> {
    if (!run) return;
    setIsAsking(true);
    setJobId(await useRuns.getState().startExport(run.summary.id, format, nativeDialogs ? null : target));
    setIsAsking(false);
  }

  if (job) return <ExportProgress job={job} onClose={close} onAgain={() => setJobId(null)} />;
  return (
    <Dialog
      title="Export the trained network"
      description="It is written, read back by a foreign reader, and compared on 32 samples."
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" disabled={!isReady} onClick={() => void start()}>
            {nativeDialogs ? 'Choose folder and export…' : 'Export'}
          </Button>
        </>
      }
    >
      <ExportChoices
        run={run}
        format={format}
        target={target}
        needsFolder={!nativeDialogs}
        onRun={setRunId}
        onFormat={(next) => {
          setFormat(next);
          setName(null);
        }}
        onFolder={setFolder}
        onName={setName}
      />
      <FailureNote message={failure} />
    </Dialog>
  );
}
