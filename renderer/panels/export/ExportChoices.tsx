import type { ExportFormat } from '../../../shared/rpc/contract';
import { useRuns, type ExportTarget } from '../../state/runs';
import { latestFirst, type RunView } from '../../state/runUpdates';
import { Select } from '../../ui/Select';
import { Field } from '../training/Field';
import { formats, runWords } from './exportWords';
import { FolderChooser } from './FolderChooser';

interface ExportChoicesProps {
  readonly run: RunView | undefined;
  readonly format: ExportFormat;
  readonly target: ExportTarget | null;
  /** The host has no dialog of its own, so the folder is chosen here. */
  readonly needsFolder: boolean;
  readonly onRun: (id: string) => void;
  readonly onFormat: (format: ExportFormat) => void;
  readonly onFolder: (folder: string) => void;
  readonly onName: (name: string) => void;
}

export function ExportChoices({ run, format, target, needsFolder, onRun, onFormat, onFolder, onName }: ExportChoicesProps) {
  const runs = useRuns((state) => state.runs);
  const now = Date.now();
  const kept = latestFirst(runs).filter(({ summary }) => summary.hasWeights);
  if (!run) return <p className="text-secondary">There is nothing to export yet: train the network first, then take it away.</p>;
  return (
    <div className="flex flex-col gap-2">
      <Field label="Run">
        {(id) => (
          <Select
            id={id}
            label="Run"
            value={run.summary.id}
            options={kept.map(({ summary }) => ({ value: summary.id, label: runWords(summary, now) }))}
            onChange={onRun}
          />
        )}
      </Field>
      <Field label="Format">{(id) => <Select id={id} label="Format" value={format} options={formats} onChange={onFormat} />}</Field>
      <p className="pr-6 pl-27 text-sm text-secondary">{formats.find(({ value }) => value === format)?.description}</p>
      {needsFolder && <FolderChooser name={target?.name ?? ''} onFolder={onFolder} onName={onName} />}
    </div>
  );
}
