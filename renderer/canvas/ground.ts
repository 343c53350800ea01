import { paint, type Subject } from './paint';
import type { Picture } from './picture';
import type { Plate } from './plate';

/** What stays as it is while something else of a picture moves. */
interface Ground {
  readonly plate: Plate;
  readonly items: ReadonlySet<object>;
  readonly canvas: HTMLCanvasElement;
}

/** More layers and wires than these are painted with all else. */
const MOST = 200;

/**
 * Paints a picture of which little moves: what stays is painted once and kept, and from then on each picture is that, with the few that
 * move over it. For drags: five thousand layers take a frame and more, one of them and its wires nothing.
 */
export function createGround() {
  let ground: Ground | undefined;
  return {
    forget(): void {
      ground = undefined;
    },
    /** Paints what comes after `before` on a plate; false where that is too much, and nothing has been painted. */
    paintOver(context: CanvasRenderingContext2D, plate: Plate, before: Picture, { picture, inks }: Subject): boolean {
      const now = itemsOf(picture);
      if (ground?.plate !== plate || ![...ground.items].every((item) => now.has(item))) {
        ground = undefined;
        const stays = new Set([...itemsOf(before)].filter((item) => now.has(item)));
        if (now.size - stays.size > MOST || picture.ribbons.length > 0) return false;
        ground = { plate, items: stays, canvas: document.createElement('canvas') };
        Object.assign(ground.canvas, { width: plate.columns, height: plate.rows });
        const on = ground.canvas.getContext('2d');
        if (!on) return false;
        paint(
          { context: on, view: plate, scale: plate.scale, inks },
          part(picture, (item) => stays.has(item)),
        );
      }
      const { items, canvas } = ground;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, plate.columns, plate.rows);
      context.drawImage(canvas, 0, 0);
      paint(
        { context, view: plate, scale: plate.scale, inks },
        part(picture, (item) => !items.has(item)),
      );
      return true;
    },
  };
}

function itemsOf({ layers, wires }: Picture): ReadonlySet<object> {
  const items = new Set<object>(layers);
  for (const wire of wires) items.add(wire);
  return items;
}

function part(picture: Picture, isIn: (item: object) => boolean): Picture {
  return { ...picture, layers: picture.layers.filter(isIn), wires: picture.wires.filter(isIn) };
}
