import type { SkipDocument } from '../shared/document/document';
import type { Place } from './canvasFrames';
import type { Gesture } from './frames';
import { flattened } from '../shared/testing/flattened';
import { galleryResnet, ladder } from './networks';

/** A network that the canvas is measured with. */
export interface CanvasNetwork {
  readonly name: string;
  readonly title: string;
  readonly document: () => SkipDocument;
  /** Milliseconds of a frame at the 95th percentile. */
  readonly limit: number;
  readonly places: readonly Place[];
}

export const CANVAS_NETWORKS: readonly CanvasNetwork[] = [
  { name: 'canvas-1000', title: '1,000 layers', document: () => ladder(499), limit: 33, places: ['afar', 'near'] },
  { name: 'canvas-5000', title: '5,000 layers', document: () => ladder(2499), limit: 50, places: ['afar'] },
  { name: 'canvas-resnet152', title: 'ResNet-152', document: () => galleryResnet(152), limit: 33, places: ['afar', 'near'] },
  {
    name: 'canvas-resnet152-flat',
    title: 'ResNet-152, taken apart',
    document: () => flattened(galleryResnet(152)),
    limit: 33,
    places: ['afar', 'near'],
  },
];

/** What is measured at these places: every gesture at each, and the way from afar to near. */
export function gesturesOf(places: readonly Place[]): readonly { readonly from: Place; readonly gesture: Gesture }[] {
  return places.flatMap((from) => (from === 'afar' ? AFAR : NEAR).map((gesture) => ({ from, gesture })));
}

const AFAR = ['pan', 'zoom', 'drag', 'through', 'arrive'] as const;
const NEAR = ['pan', 'zoom', 'drag'] as const;
