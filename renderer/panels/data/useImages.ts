import { useEffect, useState } from 'react';
import type { Split } from '../../../shared/rpc/contract';
import { errorWords } from '../../../shared/rpc/messages';
import { host } from '../../host/client';

/** Some images of a data set, in the order of its split. */
export interface Images {
  /** One array an image. */
  readonly pixels: readonly Float32Array[];
  /** Of each: height, width, channels. */
  readonly shape: readonly [number, number, number];
  readonly labels: readonly number[];
  /** Where each is in its split: files that cannot be read are left out. */
  readonly places: readonly number[];
  /** Of those left out: names, with reasons. */
  readonly unreadable: readonly string[];
  /** Images in the whole split. */
  readonly total: number;
}

export type ImagesState = { readonly images: Images | null; readonly failure: string | null };

/** Fetches images; those shown before stay until the next ones are there, so that paging does not flicker. */
export function useImages(dataset: string | undefined, split: Split, offset: number, count: number): ImagesState {
  const [state, setState] = useState<ImagesState>({ images: null, failure: null });
  useEffect(() => {
    if (dataset === undefined) return;
    let isWanted = true;
    host
      .call('data.images', { dataset, split, offset, count })
      .then(({ pixels, labels, ...rest }) => ({
        images: { pixels: separate(pixels, labels.length), labels, ...rest },
        failure: null,
      }))
      .catch((error: unknown) => ({ images: null, failure: errorWords(error) }))
      .then((next) => isWanted && setState(next))
      .catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [dataset, split, offset, count]);
  return state;
}

function separate(pixels: Float32Array, count: number): readonly Float32Array[] {
  const size = count === 0 ? 0 : pixels.length / count;
  return Array.from({ length: count }, (_, index) => pixels.subarray(index * size, (index + 1) * size));
}
