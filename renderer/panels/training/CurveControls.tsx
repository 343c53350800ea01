import { Download, ListChecks } from 'lucide-react';
import { useId, type RefObject } from 'react';
import { copyAndTell } from '../../commands/copying';
import { fileName } from '../../commands/saving';
import { download } from '../../host/download';
import type { RunView } from '../../state/runUpdates';
import { useRuns } from '../../state/runs';
import { useSession } from '../../state/session';
import { useTrainingView } from '../../state/trainingView';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/IconButton';
import { Menu } from '../../ui/Menu';
import type { MenuItem } from '../../ui/menuItem';
import { Switch } from '../../ui/Switch';
import { chartsAsPng } from './chartPicture';
import { epochsAsCsv, stepsAsCsv } from './curveTable';

/** Least that shows, and most that still moves. */
const STEP = 0.05;
const MOST = 0.95;

interface CurveControlsProps {
  readonly run: RunView;
  /** Where the charts are drawn. */
  readonly charts: RefObject<HTMLElement | null>;
  /** There is no room for words that a control can do without. */
  readonly isNarrow: boolean;
}

/** How the curves are drawn – smoothed by how much, by powers of ten –, and the ways to take them along. */
export function CurveControls({ run, charts, isNarrow }: CurveControlsProps) {
  const id = useId();
  const { smoothing, isLog } = useTrainingView();
  const canCompare = useRuns(({ runs }) => Object.keys(runs).length > 1);
  const { smoothBy, drawLog } = useTrainingView.getState();
  return (
    <div className="ml-auto flex items-center gap-x-2 text-sm text-secondary">
      <span className="flex items-center gap-1.5">
        <label
          htmlFor={id}
          className={classes(isNarrow && 'sr-only')}
          title="Running mean of the training curve: the share of the past in each point"
        >
          Smooth
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={MOST}
          step={STEP}
          value={smoothing}
          title="Smooth: running mean of the training curve"
          aria-valuetext={smoothing === 0 ? 'as measured' : String(smoothing)}
          onChange={(event) => smoothBy(Number(event.target.value))}
          className={classes('h-6 accent-accent', isNarrow ? 'w-12' : 'w-16')}
        />
        <output htmlFor={id} hidden={isNarrow} className="w-7 font-mono text-xs">
          {smoothing === 0 ? 'off' : smoothing.toFixed(2)}
        </output>
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden>Log</span>
        <Switch label="Losses by powers of ten" checked={isLog} onChange={drawLog} />
      </span>
      {canCompare && (
        <IconButton
          label="Compare runs"
          hint="Choose the runs whose curves are drawn together"
          icon={<ListChecks size="0.875rem" aria-hidden />}
          className="h-6"
          onClick={() => useSession.getState().showTab('runs')}
        />
      )}
      <Menu
        trigger={<IconButton label="Take the curves along" icon={<Download size="0.875rem" aria-hidden />} className="h-6" />}
        items={() => waysOut(run, charts.current)}
        align="end"
      />
    </div>
  );
}

function waysOut(run: RunView, charts: HTMLElement | null): readonly MenuItem[] {
  return [
    { kind: 'item', label: 'Save epochs as CSV…', onSelect: () => download(epochsAsCsv(run.epochs), fileName('epochs.csv'), 'text/csv') },
    { kind: 'item', label: 'Save steps as CSV…', onSelect: () => download(stepsAsCsv(run.points), fileName('steps.csv'), 'text/csv') },
    { kind: 'item', label: 'Copy epochs as CSV', onSelect: () => void copyAndTell(epochsAsCsv(run.epochs), 'The table of epochs is') },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Save the charts as PNG…',
      onSelect: () => charts && void chartsAsPng(charts).then((png) => download(png, fileName('curves.png'))),
    },
  ];
}
