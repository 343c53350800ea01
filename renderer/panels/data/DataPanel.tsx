import { Database, FolderPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { DatasetInfo, Split } from '../../../shared/rpc/contract';
import { runCommand } from '../../commands/commands';
import { refreshDatasets, shownDataset, useDatasets } from '../../state/datasets';
import { useDocument } from '../../state/document';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { EmptyState } from '../../ui/EmptyState';
import { Spinner } from '../../ui/Spinner';
import { FailureNote } from '../runs/FailureNote';
import { Segments } from '../runs/Segments';
import { grouped } from '../runs/words';
import { withDataset } from '../training/trainingEdits';
import { ClassBars } from './ClassBars';
import { ImageGrid } from './ImageGrid';

/** The data sets that the host offers: what is in them, how much of each class, and what the images look like. */
export function DataPanel() {
  const datasets = useDatasets((state) => state.datasets);
  const failure = useDatasets((state) => state.failure);
  const used = useDocument((state) => state.document.data.dataset);
  const shown = useDatasets((state) => shownDataset(state, used));
  if (datasets === null) return failure === null ? <Loading /> : <Failed message={failure} />;
  if (!shown) return <EmptyState title="No data sets">The host offers none. Reinstall Skipwire: the digits come with it.</EmptyState>;
  return (
    <section data-datasets aria-label="Data" className="flex h-full min-h-0">
      <div className="flex w-52 shrink-0 flex-col border-r border-line">
        <ul aria-label="Data sets" className="m-0 min-h-0 flex-1 list-none overflow-y-auto p-2">
          {datasets.map((dataset) => (
            <DatasetItem
              key={dataset.id}
              dataset={dataset}
              isShown={dataset === shown}
              isUsed={dataset.id === used}
              onLook={() => useDatasets.setState({ looked: dataset.id })}
            />
          ))}
        </ul>
        <AddFolder />
      </div>
      {shown.problem === undefined ? (
        <DatasetView key={shown.id} dataset={shown} isUsed={shown.id === used} />
      ) : (
        <UnreadFolder key={shown.id} dataset={shown} problem={shown.problem} />
      )}
    </section>
  );
}

function AddFolder() {
  const isAdding = useDatasets((state) => state.isAdding);
  return (
    <div className="flex items-center gap-1.5 border-t border-line p-1.5">
      <Button
        className="flex-1"
        disabled={isAdding}
        icon={<FolderPlus size="0.875rem" aria-hidden />}
        onClick={() => runCommand('run.addImages')}
      >
        Add a folder of images…
      </Button>
      {isAdding && <Spinner label="Looking through the folder" />}
    </div>
  );
}

function RemoveFolder() {
  return (
    <Button variant="plain" icon={<Trash2 size="0.875rem" aria-hidden />} onClick={() => runCommand('run.removeImages')}>
      Remove from the list
    </Button>
  );
}

/** A folder that was added once and cannot be read now. */
function UnreadFolder({ dataset, problem }: { readonly dataset: DatasetInfo; readonly problem: string }) {
  return (
    <div className="flex min-w-0 flex-1 flex-col items-start gap-2 overflow-auto px-4 py-2.5">
      <h2 className="text-lg font-semibold text-ink">{dataset.title}</h2>
      <FailureNote message={problem} />
      <div className="flex gap-2">
        <Button onClick={() => void refreshDatasets()}>Look again</Button>
        <RemoveFolder />
      </div>
    </div>
  );
}

function Loading() {
  return (
    <EmptyState icon={<Database size="1.5rem" aria-hidden />} title="Looking for data">
      <Spinner label="Loading the list of data sets" />
    </EmptyState>
  );
}

function Failed({ message }: { readonly message: string }) {
  return (
    <EmptyState title="The data sets could not be listed" action={<Button onClick={() => void refreshDatasets()}>Try again</Button>}>
      <FailureNote message={message} />
    </EmptyState>
  );
}

interface DatasetItemProps {
  readonly dataset: DatasetInfo;
  readonly isShown: boolean;
  readonly isUsed: boolean;
  readonly onLook: () => void;
}

function DatasetItem({ dataset, isShown, isUsed, onLook }: DatasetItemProps) {
  const { counts } = dataset;
  return (
    <li>
      <button
        type="button"
        aria-current={isShown || undefined}
        onClick={onLook}
        className={classes('w-full rounded-md px-2 py-1.5 text-left', isShown ? 'bg-accent-soft' : 'hover:bg-hover')}
      >
        <span className="block truncate font-medium text-ink">{dataset.title}</span>
        <span className="block text-sm text-secondary">
          {dataset.problem === undefined ? (
            <>
              <Kind dataset={dataset} /> · {grouped(counts.train + counts.validation + counts.test)} images
            </>
          ) : (
            'Cannot be read'
          )}
          {isUsed && ' · in use'}
        </span>
      </button>
    </li>
  );
}

/** Images that are resized have no size of their own to tell. */
function Kind({ dataset: { resizes, classes: names, imageShape } }: { readonly dataset: DatasetInfo }) {
  return resizes ? <>{grouped(names.length)} classes</> : <span className="font-mono">{imageShape.join('×')}</span>;
}

const splits = [
  { value: 'train', label: 'Training' },
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
] as const;

const IMAGES = 60;

function DatasetView({ dataset, isUsed }: { readonly dataset: DatasetInfo; readonly isUsed: boolean }) {
  const [split, setSplit] = useState<Split>('train');
  return (
    <div className="@container flex min-w-0 flex-1 gap-6 overflow-auto px-4 py-2.5">
      <div className="flex w-64 min-w-48 flex-wrap content-start gap-x-6 gap-y-3 @4xl:w-134 @4xl:shrink-0">
        <Facts dataset={dataset} isUsed={isUsed} />
        <div className="w-full @4xl:w-64">
          <h3 className="mb-1 text-sm font-semibold text-ink">Training images of each class</h3>
          <ClassBars classes={dataset.classes} counts={dataset.classCounts} />
        </div>
      </div>
      <div className="flex min-w-min flex-1 flex-col gap-2">
        <Segments
          label="Split"
          value={split}
          options={splits.map(({ value, label }) => ({ value, label: `${label} ${grouped(dataset.counts[value])}` }))}
          onChange={setSplit}
        />
        <ImageGrid key={split} dataset={dataset} split={split} count={IMAGES} />
      </div>
    </div>
  );
}

function Facts({ dataset, isUsed }: { readonly dataset: DatasetInfo; readonly isUsed: boolean }) {
  const { edit } = useDocument.getState();
  return (
    <div className="w-full @4xl:w-64">
      <h2 className="text-lg font-semibold text-ink">{dataset.title}</h2>
      <p className="mt-0.5 break-words text-secondary">{dataset.description}</p>
      {!dataset.resizes && <p className="mt-1 text-sm text-secondary">Licence: {dataset.licence}</p>}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button disabled={isUsed} onClick={() => edit('Choose data', withDataset(dataset.id), 'record')}>
          {isUsed ? 'This network trains on it' : 'Train on this data'}
        </Button>
        {dataset.resizes && <RemoveFolder />}
      </div>
    </div>
  );
}
