import type { KeyboardEvent } from 'react';
import { classes } from '../../../ui/classes';
import { grouped, percent } from '../../runs/words';
import { heatOf, precisionOf, recallOf, type Cell, type Confusion } from './cells';

interface ConfusionMatrixProps {
  readonly confusion: Confusion;
  readonly nameOf: (index: number) => string;
  readonly chosen: Cell | null;
  readonly onChoose: (cell: Cell) => void;
}

/** A row for each right class, a column for each predicted one; one stop of Tab, walked with the arrow keys. */
export function ConfusionMatrix({ confusion, nameOf, chosen, onChoose }: ConfusionMatrixProps) {
  const all = confusion.counts.map((_, index) => index);
  const stop = chosen ?? { right: 0, predicted: 0 };
  return (
    <table aria-label="Confusion matrix" className="border-separate border-spacing-0.5 text-right font-mono text-xs">
      <caption className="pb-1 text-left font-sans text-sm text-secondary">Right class down, predicted class across</caption>
      <thead>
        <tr>
          <td />
          {all.map((predicted) => (
            <Head key={predicted} scope="col" name={nameOf(predicted)} />
          ))}
          <Head scope="col" name="Recall" isWord />
        </tr>
      </thead>
      <tbody>
        {all.map((right) => (
          <tr key={right}>
            <Head scope="row" name={nameOf(right)} />
            {all.map((predicted) => (
              <CountCell
                key={predicted}
                cell={{ right, predicted }}
                confusion={confusion}
                nameOf={nameOf}
                isChosen={chosen?.right === right && chosen.predicted === predicted}
                isStop={stop.right === right && stop.predicted === predicted}
                onChoose={onChoose}
              />
            ))}
            <td className="pl-2 text-secondary">{percent(recallOf(confusion, right), 0)}</td>
          </tr>
        ))}
        <tr>
          <Head scope="row" name="Precision" isWord />
          {all.map((predicted) => (
            <td key={predicted} className="px-1 pt-1 text-secondary">
              {percent(precisionOf(confusion, predicted), 0)}
            </td>
          ))}
          <td />
        </tr>
      </tbody>
    </table>
  );
}

function Head({ scope, name, isWord = false }: { readonly scope: 'row' | 'col'; readonly name: string; readonly isWord?: boolean }) {
  return (
    <th
      scope={scope}
      title={name}
      className={classes(
        'sticky max-w-24 truncate bg-canvas px-1 font-medium text-secondary',
        scope === 'row' ? 'left-0' : 'top-0',
        isWord && 'font-sans',
      )}
    >
      {name}
    </th>
  );
}

interface CountCellProps {
  readonly cell: Cell;
  readonly confusion: Confusion;
  readonly nameOf: (index: number) => string;
  readonly isChosen: boolean;
  readonly isStop: boolean;
  readonly onChoose: (cell: Cell) => void;
}

function CountCell({ cell, confusion, nameOf, isChosen, isStop, onChoose }: CountCellProps) {
  const { right, predicted } = cell;
  const count = confusion.counts[right]?.[predicted] ?? 0;
  const isHit = right === predicted;
  return (
    <td className="p-0">
      <button
        type="button"
        aria-label={cellWords(cell, count, nameOf)}
        aria-pressed={isChosen}
        data-place={`${right},${predicted}`}
        tabIndex={isStop ? 0 : -1}
        onKeyDown={(event) => walk(event, cell)}
        onClick={() => onChoose(cell)}
        style={{ backgroundColor: heatColour(heatOf(confusion, cell), isHit) }}
        className={classes(
          'h-6 w-full min-w-7 rounded-sm px-1 text-right text-ink hover:outline hover:outline-line-strong',
          isHit && 'font-semibold',
          isChosen && 'outline-2 outline-accent hover:outline-accent',
        )}
      >
        {count === 0 ? <span className="text-secondary">0</span> : grouped(count)}
      </button>
    </td>
  );
}

/** Pale enough that text on it keeps its contrast; hits and mistakes also stand on and off the diagonal. */
function heatColour(heat: number, isHit: boolean): string {
  const strength = heat === 0 ? 0 : 6 + 34 * Math.sqrt(heat);
  return `color-mix(in srgb, var(--${isHit ? 'indigo' : 'orange'}-9) ${strength.toFixed(0)}%, var(--canvas))`;
}

function cellWords({ right, predicted }: Cell, count: number, nameOf: (index: number) => string): string {
  if (right === predicted) return `${nameOf(right)} recognised: ${grouped(count)}`;
  return `${nameOf(right)} taken for ${nameOf(predicted)}: ${grouped(count)}`;
}

function walk(event: KeyboardEvent<HTMLButtonElement>, { right, predicted }: Cell): void {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const place = `${right + step[0]},${predicted + step[1]}`;
  event.currentTarget.closest('table')?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
}
