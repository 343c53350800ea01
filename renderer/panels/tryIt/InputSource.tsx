import { Eraser, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { DatasetInfo } from '../../../shared/rpc/contract';
import { Button } from '../../ui/Button';
import { ImageCanvas } from '../data/ImageCanvas';
import { ImageGrid } from '../data/ImageGrid';
import { Segments } from '../runs/Segments';
import { drawnPixels, type Stroke } from './digit';
import { DrawingPad } from './DrawingPad';
import type { ModelInput } from './usePrediction';

type Source = 'draw' | 'pick';

const sources = [
  { value: 'draw', label: 'Draw' },
  { value: 'pick', label: 'Test image' },
] as const;

/** Three rows of five: with the pager they fit a bottom panel of its usual height. */
const IMAGES = 15;

interface InputSourceProps {
  readonly dataset: DatasetInfo;
  /** The same object as long as the input is the same; null: nothing to look at yet. */
  readonly onInput: (input: ModelInput | null) => void;
}

/** Whether a drawing is what the images of a data set are: grey, and of one size. */
export function canDraw({ imageShape, resizes }: DatasetInfo): boolean {
  return imageShape[2] === 1 && resizes !== true;
}

/** Where the image to look at comes from: drawn, or an image that the network has never seen in training. */
export function InputSource({ dataset, onInput }: InputSourceProps) {
  const draws = canDraw(dataset);
  const [source, setSource] = useState<Source>(draws ? 'draw' : 'pick');
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [chosen, setChosen] = useState<number | null>(null);

  function draw(next: readonly Stroke[]): void {
    setStrokes(next);
    onInput(next.length === 0 ? null : drawing(next, dataset));
  }

  function choose(index: number | null): void {
    setChosen(index);
    onInput(index === null ? null : { kind: 'image', split: 'test', index });
  }

  function change(next: Source): void {
    setSource(next);
    if (next === 'draw') draw(strokes);
    else choose(chosen);
  }

  return (
    <div className="flex w-56 shrink-0 flex-col gap-2">
      {draws && <Segments label="Image to try" value={source} options={sources} onChange={change} />}
      {source === 'draw' ? (
        <DrawSource dataset={dataset} strokes={strokes} onDraw={draw} />
      ) : (
        <ImageGrid dataset={dataset} split="test" count={IMAGES} chosen={chosen} onChoose={choose} />
      )}
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
