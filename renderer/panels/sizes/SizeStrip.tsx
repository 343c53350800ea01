import type { KeyboardEvent, PointerEvent, Ref } from 'react';
import type { SizeRange, SweptSize } from '../../../shared/diagnose/sweep';
import { countOf } from '../../ui/numbers';

interface SizeStripProps {
  readonly ref?: Ref<HTMLDivElement>;
  readonly swept: readonly SweptSize[];
  readonly range: SizeRange;
  readonly chosen: number | null;
  readonly onChoose: (size: number) => void;
  /** Back to the document's own size. */
  readonly onLeave: () => void;
}

/** A mark for each size: high and plain where the network works, low and hatched where it breaks. Pressed or walked by arrows, left by Escape. */
export function SizeStrip({ ref, swept, range: { from, to, step }, chosen, onChoose, onLeave }: SizeStripProps) {
  const count = Math.floor((to - from) / step) + 1;
  const at = chosen === null ? undefined : swept.find(({ size }) => size === chosen);

  function onPointer(event: PointerEvent<HTMLDivElement>) {
    if (event.type === 'pointermove' && event.buttons !== 1) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const index = Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * count)));
    if (from + index * step !== chosen) onChoose(from + index * step);
  }
  function onKeyDown(event: KeyboardEvent) {
    const base = chosen ?? from - step;
    const last = from + (count - 1) * step;
    const next = {
      ArrowRight: base + step,
      ArrowUp: base + step,
      ArrowLeft: base - step,
      ArrowDown: base - step,
      PageUp: base + 10 * step,
      PageDown: base - 10 * step,
      Home: from,
      End: last,
    }[event.key];
    if (event.key === 'Escape' && chosen !== null) {
      // Nothing else is left by the same key.
      event.stopPropagation();
      onLeave();
    }
    if (next === undefined) return;
    event.preventDefault();
    onChoose(Math.min(last, Math.max(from, next)));
  }

  return (
    <div>
      <div
        ref={ref}
        role="slider"
        tabIndex={0}
        aria-label="Size that is tried"
        aria-valuemin={from}
        aria-valuemax={to}
        aria-valuenow={chosen ?? from}
        aria-valuetext={chosen === null ? 'none' : `${chosen}, ${at ? stateInWords(at) : 'not looked at yet'}`}
        onKeyDown={onKeyDown}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
        className="cursor-pointer touch-none rounded-sm border border-line bg-field"
      >
        <svg aria-hidden viewBox={`0 0 ${count} 10`} preserveAspectRatio="none" className="block h-9 w-full">
          {runsOf(swept).map(({ first, length, works }) => (
            <rect
              key={first}
              x={first}
              y={works ? 1 : 6}
              width={length}
              height={works ? 9 : 4}
              className={works ? 'fill-(--success)' : 'fill-(--error)'}
            />
          ))}
          {chosen !== null && (
            <rect x={(chosen - from) / step} y={0} width={Math.max(1, count / 300)} height={10} className="fill-(--text)" />
          )}
        </svg>
      </div>
      <div aria-hidden className="flex justify-between font-mono text-xs text-secondary">
        <span>{from}</span>
        <span className="font-sans">high: works · low: breaks</span>
        <span>{to}</span>
      </div>
    </div>
  );
}

function stateInWords({ errors }: SweptSize): string {
  return errors.length === 0 ? 'works' : `breaks, ${countOf(errors.length, 'error')}, first at ${errors[0]?.path ?? ''}`;
}

interface Run {
  readonly first: number;
  length: number;
  readonly works: boolean;
}

/** Sizes in a row of which the same holds are one mark. */
function runsOf(swept: readonly SweptSize[]): readonly Run[] {
  const runs: Run[] = [];
  swept.forEach(({ errors }, index) => {
    const works = errors.length === 0;
    const last = runs.at(-1);
    if (last?.works === works) last.length += 1;
    else runs.push({ first: index, length: 1, works });
  });
  return runs;
}
