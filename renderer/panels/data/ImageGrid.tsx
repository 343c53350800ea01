import { ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { DatasetInfo, Split } from '../../../shared/rpc/contract';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/IconButton';
import { FailureNote } from '../runs/FailureNote';
import { grouped } from '../runs/words';
import { ImageCanvas } from './ImageCanvas';
import { useImages } from './useImages';

interface ImageGridProps {
  readonly dataset: DatasetInfo;
  readonly split: Split;
  /** Images on a page. */
  readonly count: number;
  /** Index in the split of the image that is chosen. */
  readonly chosen?: number | null;
  readonly onChoose?: (index: number) => void;
}

/** Images of a split, page by page; where they can be chosen, also with the arrow keys. */
export function ImageGrid({ dataset, split, count, chosen = null, onChoose }: ImageGridProps) {
  const [page, setPage] = useState(0);
  const { images, failure } = useImages(dataset.id, split, page * count, count);
  const total = dataset.counts[split];
  return (
    <div className="flex min-h-0 flex-col gap-1.5">
      <FailureNote message={failure} />
      <Cells dataset={dataset} split={split} images={images} chosen={chosen} onChoose={onChoose} />
      {images && <LeftOut names={images.unreadable} />}
      <Pager page={page} count={count} total={total} onPage={setPage} />
    </div>
  );
}

interface CellsProps {
  readonly dataset: DatasetInfo;
  readonly split: Split;
  readonly images: ReturnType<typeof useImages>['images'];
  readonly chosen: number | null;
  readonly onChoose: ((index: number) => void) | undefined;
}

function Cells({ dataset, split, images, chosen, onChoose }: CellsProps) {
  const [height, width, channels] = images?.shape ?? dataset.imageShape;
  return (
    <ul aria-label={`Images of ${dataset.title}, ${split}`} className="m-0 flex list-none flex-wrap content-start gap-1 p-0">
      {images?.pixels.map((pixels, index) => {
        const label = dataset.classes[images.labels[index] ?? -1] ?? 'unknown';
        const picture = (
          <ImageCanvas
            pixels={pixels}
            height={height}
            width={width}
            channels={channels}
            label={onChoose ? '' : `Image of ${label}`}
            className="size-8 rounded-sm"
          />
        );
        const place = images.places[index] ?? index;
        return (
          <li key={place} title={label} className="flex">
            {onChoose ? (
              <button
                type="button"
                aria-label={`Image ${place + 1}: ${label}`}
                aria-pressed={place === chosen}
                tabIndex={place === chosen || (index === 0 && (chosen === null || !images.places.includes(chosen))) ? 0 : -1}
                onKeyDown={walk}
                onClick={() => onChoose(place)}
                className={classes(
                  'rounded-md border-2 p-px',
                  place === chosen ? 'border-accent' : 'border-transparent hover:border-line-strong',
                )}
              >
                {picture}
              </button>
            ) : (
              picture
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Files of this page that are no images, or cut ones. */
function LeftOut({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div role="note" className="flex gap-2 rounded-md bg-warning-soft p-2 text-sm text-warning-text">
      <TriangleAlert size="1rem" aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p>
          {names.length === 1 ? 'One file of this page cannot be read' : `${names.length} files of this page cannot be read`}. Left out:
        </p>
        <ul aria-label="Files that cannot be read" className="m-0 list-none p-0">
          {names.map((name) => (
            <li key={name} className="break-words">
              {name}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The grid is one stop of Tab; arrows go through it and choose as they go. */
function walk(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...(event.currentTarget.closest('ul')?.querySelectorAll('button') ?? [])];
  const next = buttons[buttons.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

interface PagerProps {
  readonly page: number;
  readonly count: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

function Pager({ page, count, total, onPage }: PagerProps) {
  if (total <= count) return null;
  const last = Math.ceil(total / count) - 1;
  return (
    <div className="flex items-center gap-1 text-sm text-secondary">
      <IconButton
        label="Images before"
        icon={<ChevronLeft size="0.875rem" aria-hidden />}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      />
      <span>
        {grouped(page * count + 1)}–{grouped(Math.min(total, (page + 1) * count))} of {grouped(total)}
      </span>
      <IconButton
        label="Images behind"
        icon={<ChevronRight size="0.875rem" aria-hidden />}
        disabled={page === last}
        onClick={() => onPage(page + 1)}
      />
    </div>
  );
}
