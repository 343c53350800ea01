import { classes } from '../../../ui/classes';
import { grouped } from '../../runs/words';
import { mistakes, type Cell, type Confusion } from './cells';

const SHOWN = 100;

interface MistakeListProps {
  readonly confusion: Confusion;
  readonly nameOf: (index: number) => string;
  readonly chosen: Cell | null;
  readonly onChoose: (cell: Cell) => void;
}

/** The most frequent mistakes of a network with many classes. */
export function MistakeList({ confusion, nameOf, chosen, onChoose }: MistakeListProps) {
  return (
    <ol aria-label="The most frequent mistakes" className="m-0 list-none p-0">
      {mistakes(confusion)
        .slice(0, SHOWN)
        .map((cell) => (
          <li key={`${cell.right},${cell.predicted}`}>
            <button
              type="button"
              aria-pressed={chosen?.right === cell.right && chosen.predicted === cell.predicted}
              onClick={() => onChoose(cell)}
              className={classes('flex w-full gap-2 rounded-sm px-1.5 py-0.5 text-left hover:bg-hover aria-pressed:bg-accent-soft')}
            >
              <span className="w-10 text-right font-mono text-sm">{grouped(cell.count)}</span>
              {nameOf(cell.right)} taken for {nameOf(cell.predicted)}
            </button>
          </li>
        ))}
    </ol>
  );
}
