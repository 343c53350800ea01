import { Eraser, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { DatasetInfo, Split } from '../../../shared/rpc/contract';
import { useOwnImage } from '../../state/ownImage';
import { Button } from '../../ui/Button';
import { ImageCanvas } from '../data/ImageCanvas';
import { ImageGrid } from '../data/ImageGrid';
import { Segments } from '../runs/Segments';
import { drawnPixels, type Stroke } from './digit';
import { DrawingPad } from './DrawingPad';
import { OwnFile } from './OwnFile';
import type { ModelInput } from './usePrediction';

export type Source = 'draw' | 'pick' | 'file';

/** Three rows of five: with the pager they fit a bottom panel of its usual height. */
const IMAGES = 15;

const OF_PART: Readonly<Record<Split, string>> = { test: 'Test image', validation: 'Validation image', train: 'Training image' };

/** The image to look at, and how it is chosen. */
export interface Choice {
  readonly source: Source;
  /** The same object as long as the input is the same; null: nothing to look at yet. */
  readonly input: ModelInput | null;
  /** From which part of the data images are offered. */
  readonly split: Split;
  readonly strokes: readonly Stroke[];
  readonly chosen: number | null;
  readonly canDraw: boolean;
  change(source: Source): void;
  draw(strokes: readonly Stroke[]): void;
  choose(index: number): void;
}

/** Where the image to look at comes from: drawn, of the data, or a file of one's own. */
export function useChoice(dataset: DatasetInfo): Choice {
  const canDraw = dataset.imageShape[2] === 1 && dataset.resizes !== true;
  const split = partToOffer(dataset);
  const own = useOwnImage();
  const [other, setOther] = useState<'draw' | 'pick'>(canDraw ? 'draw' : 'pick');
  const [strokes, draw] = useState<readonly Stroke[]>([]);
  const [chosen, choose] = useState<number | null>(null);
  const drawn = useMemo(() => (strokes.length === 0 ? null : drawing(strokes, dataset)), [strokes, dataset]);
  const picked = useMemo((): ModelInput | null => (chosen === null ? null : { kind: 'image', split, index: chosen }), [split, chosen]);
  const source = own.isWanted ? 'file' : other;
  return {
    source,
    input: { draw: drawn, pick: picked, file: own.image }[source],
    split,
    strokes,
    chosen,
    canDraw,
    change(next) {
      useOwnImage.setState({ isWanted: next === 'file' });
      if (next !== 'file') setOther(next);
    },
    draw,
    choose,
  };
}

/** Images that the network has never seen, where there are any. */
function partToOffer({ counts }: DatasetInfo): Split {
  return counts.test > 0 ? 'test' : counts.validation > 0 ? 'validation' : 'train';
}

interface InputSourceProps {
  readonly dataset: DatasetInfo;
  readonly choice: Choice;
}

export function InputSource({ dataset, choice }: InputSourceProps) {
  const { source, split, canDraw } = choice;
  const sources = [
    ...(canDraw ? [{ value: 'draw', label: 'Draw' } as const] : []),
    { value: 'pick', label: OF_PART[split] } as const,
    { value: 'file', label: 'Your own' } as const,
  ];
  return (
    <div className="flex w-56 shrink-0 flex-col gap-2">
      <Segments label="Image to try" value={source} options={sources} onChange={choice.change} />
      {source === 'draw' && <DrawSource dataset={dataset} strokes={choice.strokes} onDraw={choice.draw} />}
      {source === 'pick' && <ImageGrid dataset={dataset} split={split} count={IMAGES} chosen={choice.chosen} onChoose={choice.choose} />}
      {source === 'file' && <OwnFile />}
    </div>
  );
}

interface DrawSourceProps {
  readonly dataset: DatasetInfo;
  readonly strokes: readonly Stroke[];
  readonly onDraw: (strokes: readonly Stroke[]) => void;
}

function DrawSource({ dataset, strokes, onDraw }: DrawSourceProps) {
  const [height, width] = dataset.imageShape;
  return (
    <div className="flex gap-2">
      <DrawingPad strokes={strokes} onDraw={onDraw} />
      <div className="flex flex-col gap-1.5">
        <ImageCanvas
          pixels={drawnPixels(strokes, height, width)}
          height={height}
          width={width}
          channels={1}
          label={`What the network sees, ${height}×${width}`}
          className="size-14 rounded-sm"
        />
        <span className="text-xs text-secondary">
          as seen,
          <br />
          <span className="font-mono">
            {height}×{width}
          </span>
        </span>
        <Button
          aria-label="Undo the last stroke"
          disabled={strokes.length === 0}
          className="mt-auto w-7 px-0!"
          icon={<Undo2 size="0.875rem" aria-hidden />}
          onClick={() => onDraw(strokes.slice(0, -1))}
        />
        <Button
          aria-label="Clear the drawing"
          disabled={strokes.length === 0}
          className="w-7 px-0!"
          icon={<Eraser size="0.875rem" aria-hidden />}
          onClick={() => onDraw([])}
        />
      </div>
    </div>
  );
}

function drawing(strokes: readonly Stroke[], { imageShape: [height, width] }: DatasetInfo): ModelInput {
  return { kind: 'pixels', pixels: drawnPixels(strokes, height, width) };
}
