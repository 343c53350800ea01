import { useCallback, useMemo, useState } from 'react';
import type { Position } from '../../../shared/graph/graph';
import type { Scene } from '../../../shared/picture/scene';
import type { Look } from './NetworkView';

interface Looks {
  readonly before: Position;
  readonly after: Position;
  readonly zoom: number;
}

const MARGIN = 32;
const NEAREST = 2.5;
const FARTHEST = 0.03;
/** From nearer than this a layer can be read. */
const READABLE = 0.7;

/** Where two views look: both move and zoom together, until a layer that stands elsewhere in each is brought into both. */
export function useTwinLook(before: Scene, after: Scene) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  /** Null: all of both. */
  const [moved, setMoved] = useState<Looks | null>(null);
  const fitted = useMemo(() => fit(before, after, size), [before, after, size]);
  const looks = moved ?? fitted;
  const change = useCallback((act: (from: Looks) => Looks) => setMoved((from) => act(from ?? fitted)), [fitted]);
  const pan = useCallback((dx: number, dy: number) => change((from) => shifted(from, dx / from.zoom, dy / from.zoom)), [change]);
  const zoom = useCallback(
    (factor: number, dx: number, dy: number) =>
      change((from) => {
        const to = Math.min(NEAREST, Math.max(FARTHEST, from.zoom * factor));
        return { ...shifted(from, dx / from.zoom - dx / to, dy / from.zoom - dy / to), zoom: to };
      }),
    [change],
  );
  return {
    before: lookOf(looks, 'before'),
    after: lookOf(looks, 'after'),
    pan,
    zoom,
    resize: useCallback((width: number, height: number) => setSize({ width, height }), []),
    /** Brings these places into the middle, near enough to be read. A side without one follows the other. */
    show: (was: Position | undefined, is: Position | undefined) =>
      change(({ zoom: now, ...from }) => ({
        before: was ?? is ?? from.before,
        after: is ?? was ?? from.after,
        zoom: Math.max(now, READABLE),
      })),
    fit: () => setMoved(null),
  };
}

function shifted({ before, after, zoom }: Looks, x: number, y: number): Looks {
  return { before: { x: before.x + x, y: before.y + y }, after: { x: after.x + x, y: after.y + y }, zoom };
}

function lookOf(looks: Looks, side: 'before' | 'after'): Look {
  return { ...looks[side], zoom: looks.zoom };
}

function fit(before: Scene, after: Scene, { width, height }: { readonly width: number; readonly height: number }): Looks {
  const [wide, high] = [Math.max(before.box.width, after.box.width, 1), Math.max(before.box.height, after.box.height, 1)];
  const zoom = Math.min(1, Math.max(FARTHEST, Math.min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)));
  const middle = ({ box }: Scene) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  return { before: middle(before), after: middle(after), zoom };
}
