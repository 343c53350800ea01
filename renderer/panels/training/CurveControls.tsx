import { Download } from 'lucide-react';
import { useId, type RefObject } from 'react';
import { copyAndTell } from '../../commands/copying';
import { fileName } from '../../commands/saving';
import { download } from '../../host/download';
import type { RunView } from '../../state/runUpdates';
import { useTrainingView } from '../../state/trainingView';
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
}

/** How the curves are drawn – smoothed by how much, by powers of ten –, and the ways to take them along. */
export function CurveControls({ run, charts }: CurveControlsProps) {
  const id = useId();
  const { smoothing, isLog } = useTrainingView();
  const { smoothBy, drawLog } = useTrainingView.getState();
  return (
    <div className="ml-auto flex items-center gap-x-3 text-sm text-secondary">
      <span className="flex items-center gap-1.5">
        <label htmlFor={id} title="Running mean of the training curve: the share of the past in each point">
          Smooth
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={MOST}
          step={STEP}
          value={smoothing}
          aria-valuetext={smoothing === 0 ? 'as measured' : String(smoothing)}
          onChange={(event) => smoothBy(Number(event.target.value))}
          className="h-6 w-16 accent-accent"
        />
        <output htmlFor={id} className="w-7 font-mono text-xs">
          {smoothing === 0 ? 'off' : smoothing.toFixed(2)}
        </output>
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden>Log</span>
        <Switch label="Losses by powers of ten" checked={isLog} onChange={drawLog} />
      </span>
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
