import { createRoot } from 'react-dom/client';
import { Icon, iconNames } from '../ui/Icon';

/** Of an icon's own square, in its units; and how thick its lines are there. */
export const ICON = { square: 24, line: 1.75 } as const;

const paths = new Map<string, Path2D>();
let isMaking = false;

/** An icon to be painted; undefined until the icons have been made ready. */
export function iconPath(name: string): Path2D | undefined {
  return paths.get(iconNames.has(name) ? name : 'box');
}

/** Makes the icons ready, once and aside: they are those that elements show. */
export function prepareIconPaths(): void {
  if (isMaking) return;
  isMaking = true;
  const take = (sheet: HTMLDivElement | null) => {
    for (const icon of sheet?.children ?? []) paths.set((icon as HTMLElement).dataset['icon'] ?? '', pathOf(icon));
  };
  createRoot(document.createElement('div')).render(
    <div ref={take}>
      {[...iconNames].map((name) => (
        <span key={name} data-icon={name}>
          <Icon name={name} />
        </span>
      ))}
    </div>,
  );
}

function pathOf(icon: Element): Path2D {
  const path = new Path2D();
  for (const part of icon.querySelectorAll('path, circle, rect, line, polyline, ellipse')) draw(path, part);
  return path;
}

/** One of the shapes of which the icons are made. */
function draw(path: Path2D, part: Element): void {
  const number = (name: string) => Number(part.getAttribute(name) ?? 0);
  const { tagName } = part;
  if (tagName === 'path') path.addPath(new Path2D(part.getAttribute('d') ?? ''));
  else if (tagName === 'circle') {
    path.moveTo(number('cx') + number('r'), number('cy'));
    path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
  } else if (tagName === 'rect') path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'));
  else if (tagName === 'line') {
    path.moveTo(number('x1'), number('y1'));
    path.lineTo(number('x2'), number('y2'));
  } else if (tagName === 'polyline') path.addPath(new Path2D(`M${part.getAttribute('points') ?? ''}`));
  else path.ellipse(number('cx'), number('cy'), number('rx'), number('ry'), 0, 0, 2 * Math.PI);
}
