import { ListX, X } from 'lucide-react';
import { useEffect } from 'react';
import type { DrawnRun } from '../../state/comparedRuns';
import { shownRun, useRuns } from '../../state/runs';
import { useTrainingView } from '../../state/trainingView';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/IconButton';
import { LineSample } from './LineSample';
import { legendTitles } from './legendTitles';

/** The runs whose curves are drawn together: the one pointed at stands out, pressed it is the one that the panel shows. */
export function RunLegend({ drawn }: { readonly drawn: readonly DrawnRun[] }) {
  const shown = useRuns((state) => shownRun(state)?.summary.id);
  const { pointAt } = useTrainingView.getState();
  useEffect(() => () => pointAt(null), [pointAt]);
  const titles = legendTitles(drawn, Date.now());
  return (
    <div className="flex shrink-0 items-start gap-1 text-sm">
      <ul aria-label="Compared runs" className="flex max-h-12 min-w-0 flex-wrap items-center gap-x-1 overflow-y-auto">
        {drawn.map(({ run: { summary }, colour }, index) => (
          <LegendItem key={summary.id} id={summary.id} title={titles[index] as string} colour={colour} isShown={summary.id === shown} />
        ))}
      </ul>
      <IconButton
        label="Compare no more"
        icon={<ListX size="0.875rem" aria-hidden />}
        className="ml-auto h-6"
        onClick={() => useRuns.getState().compareNone()}
      />
    </div>
  );
}

interface LegendItemProps {
  readonly id: string;
  readonly title: string;
  readonly colour: number;
  readonly isShown: boolean;
}

function LegendItem({ id, title, colour, isShown }: LegendItemProps) {
  const isPointed = useTrainingView((state) => state.pointedRun === id);
  const { pointAt } = useTrainingView.getState();
  const { select, compare } = useRuns.getState();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- whatever of it is pointed at, its line stands out
    <li
      className={classes('flex items-center rounded-md', isPointed && 'bg-hover')}
      onPointerEnter={() => pointAt(id)}
      onPointerLeave={() => pointAt(null)}
      onFocus={() => pointAt(id)}
      onBlur={() => pointAt(null)}
    >
      <button
        type="button"
        data-legend
        aria-pressed={isShown}
        title={isShown ? 'The panel shows it' : 'Show it in the panel'}
        className={classes(
          'flex h-6 items-center gap-1.5 rounded-md pl-1.5',
          isShown ? 'pr-1.5 font-medium text-ink' : 'text-secondary hover:text-ink',
        )}
        onClick={() => select(id)}
      >
        <LineSample colour={`--run-${colour}`} />
        {title}
      </button>
      {!isShown && (
        <button
          type="button"
          aria-label={`Compare no more with ${title}`}
          className="flex size-5 items-center justify-center rounded-sm text-secondary hover:text-ink"
          onClick={() => {
            pointAt(null);
            compare(id, false);
          }}
        >
          <X size="0.75rem" aria-hidden />
        </button>
      )}
    </li>
  );
}
