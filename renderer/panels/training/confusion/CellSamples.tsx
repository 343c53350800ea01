import { useEffect, useState } from 'react';
import type { DatasetInfo, Split } from '../../../../shared/rpc/contract';
import { host } from '../../../host/client';
import { ImageCanvas } from '../../data/ImageCanvas';
import { grouped } from '../../runs/words';

/** As many as are looked at together. */
const MOST = 48;

interface CellSamplesProps {
  readonly dataset: DatasetInfo;
  readonly split: Split;
  /** Places in the split. */
  readonly places: readonly number[];
  /** `3 taken for 8` */
  readonly title: string;
}

/** The images of a cell of a confusion matrix. */
export function CellSamples({ dataset, split, places, title }: CellSamplesProps) {
  const images = useImagesAt(dataset.id, split, places.slice(0, MOST));
  return (
    <section aria-label={title} className="min-w-40 flex-1">
      <h3 className="pb-1 text-sm font-semibold text-ink">
        {title} <span className="font-normal text-secondary">{imageWords(places.length)}</span>
      </h3>
      <ul aria-label={`Images: ${title}`} className="m-0 flex list-none flex-wrap gap-1 p-0">
        {images.map(({ place, pixels, shape: [height, width, channels] }) => (
          <li key={place} title={`Image ${place + 1} of the ${split} part`} className="flex">
            <ImageCanvas
              pixels={pixels}
              height={height}
              width={width}
              channels={channels}
              label={`Image ${place + 1}`}
              className="size-10 rounded-sm"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function imageWords(count: number): string {
  if (count > MOST) return `the first ${MOST} of ${grouped(count)} images`;
  return count === 1 ? '1 image' : `${grouped(count)} images`;
}

interface PlacedImage {
  readonly place: number;
  readonly pixels: Float32Array;
  readonly shape: readonly [number, number, number];
}

function useImagesAt(dataset: string, split: Split, places: readonly number[]): readonly PlacedImage[] {
  const [images, setImages] = useState<readonly PlacedImage[]>([]);
  const key = places.join();
  useEffect(() => {
    let isWanted = true;
    const fetched = places.map((place) =>
      host.call('data.images', { dataset, split, offset: place, count: 1 }).then(({ pixels, shape }) => ({ place, pixels, shape })),
    );
    Promise.all(fetched)
      .then((next) => isWanted && setImages(next))
      // The title tells how many there are; what cannot be fetched any more is not shown.
      .catch(() => isWanted && setImages([]));
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the places by their numbers
  }, [dataset, split, key]);
  return images;
}
