import { create } from 'zustand';
import type { NodeId } from '../../shared/graph/graph';
import { NODE_HEIGHT, NODE_WIDTH, type Size } from '../../shared/picture/geometry';
import type { Spot } from '../state/session';
import { emptyScene, type Hit, type Scene } from './scene';
import { emptyStage, type Stage } from './stage';

/** What the canvas shows, for handlers and commands, which ask when they are called. Nobody renders for it. */
export const showing: { scene: Scene; stage: Stage } = { scene: emptyScene, stage: emptyStage };

/** How large a layer of the shown graph is. */
export function sizeOf(id: NodeId): Size {
  const { width = NODE_WIDTH, height = NODE_HEIGHT } = showing.scene.byId.get(id)?.data ?? {};
  return { width, height };
}

interface AtHand {
  /** What is under the pointer where the network is painted. */
  readonly pointer: Hit | undefined;
  /** What has the focus, had it last, or is to get it. */
  readonly spot: Spot | undefined;
}

/** What the pointer and the keyboard are at: it is an element also where all else is painted. */
export const useAtHand = create<AtHand>(() => ({ pointer: undefined, spot: undefined }));
