import { CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { NetworkAnalysis } from '../../../shared/infer/analysis';
import { commandItem } from '../../commands/commands';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { classes } from '../../ui/classes';
import { Menu } from '../../ui/Menu';
import { countOf, formatBytes, formatCount, formatSum } from '../../ui/numbers';
import { Tooltip } from '../../ui/Tooltip';
import { SavedState } from './SavedState';

/** The network's totals, its problems, the zoom, and whether all is saved. */
export function StatusBar() {
  return (
    <footer
      aria-label="Status"
      data-area="Status"
      className="flex min-h-6.5 shrink-0 flex-wrap items-center gap-x-5 border-t border-line bg-surface px-3 text-sm text-secondary"
    >
      <Totals />
      <ProblemCount />
      <div className="ml-auto flex items-center gap-5 whitespace-nowrap">
        <Zoom />
        <SavedState />
      </div>
    </footer>
  );
}

type TotalsOf = (totals: NetworkAnalysis['totals']) => string;

const parameters: TotalsOf = (totals) => formatSum(totals.parameters, totals.unknownParameters);
const allParameters: TotalsOf = (totals) =>
  `${formatCount(totals.parameters)} parameters, ${formatCount(totals.trainableParameters)} trained`;
const macs: TotalsOf = (totals) => formatSum(totals.macs, totals.unknownMacs);
const allMacs: TotalsOf = (totals) => `${formatCount(totals.macs)} multiply-accumulates of one sample (1 MAC = 2 FLOPs)`;
const bytes: TotalsOf = ({ weightBytes, unknownParameters }) => formatSum(weightBytes, unknownParameters, formatBytes);
const allBytes: TotalsOf = ({ weightBytes }) => `${formatCount(weightBytes)} bytes of weights as float32`;
const leftOut: TotalsOf = (totals) =>
  totals.leftOut > 0 ? `Without ${countOf(totals.leftOut, 'layer')} of which something is unknown.` : '';

function Totals() {
  return (
    <>
      <Figure value={parameters} unit="parameters" full={allParameters} />
      <Figure value={macs} unit="MACs" full={allMacs} />
      <Figure value={bytes} unit="weights" full={allBytes} />
    </>
  );
}

interface FigureProps {
  readonly value: TotalsOf;
  readonly unit?: string;
  readonly full: TotalsOf;
}

/** A total; the value and the words look at the analysis themselves, so that an edit draws no tooltip anew. */
function Figure({ value, unit, full }: FigureProps): ReactNode {
  return (
    <Tooltip label={<Told what={full} />} hint={<Told what={leftOut} />} side="top">
      <span className="whitespace-nowrap">
        <span className="font-mono text-ink">
          <Told what={value} />
        </span>
        {unit && ` ${unit}`}
      </span>
    </Tooltip>
  );
}

function Told({ what }: { readonly what: TotalsOf }) {
  return useDocument(({ analysis }) => what(analysis.totals));
}

function ProblemCount() {
  const problems = useDocument((state) => state.analysis.problems);
  const showTab = useSession((state) => state.showTab);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const text = problems.length === 0 ? 'No problems' : countOf(problems.length, 'problem');
  return (
    <button
      type="button"
      onClick={() => showTab('problems')}
      className={classes(
        'flex items-center gap-1.5 rounded-sm px-1 whitespace-nowrap hover:bg-hover',
        errors > 0 ? 'text-error-text' : problems.length > 0 && 'text-warning-text',
      )}
    >
      {errors > 0 ? <CircleX size="0.8125rem" aria-hidden /> : problems.length > 0 && <TriangleAlert size="0.8125rem" aria-hidden />}
      {text}
    </button>
  );
}

/** From where one sees all to one step nearer. */
const ZOOMS = ['view.zoomToFit', 'view.zoomToSelection', 'view.zoomActual', 'view.zoomIn', 'view.zoomOut'] as const;

function Zoom() {
  const zoom = useSession((state) => state.zoom);
  const text = `${Math.round(zoom * 100)} %`;
  return (
    <Menu
      align="end"
      side="top"
      items={() => ZOOMS.map(commandItem)}
      trigger={
        <button
          type="button"
          aria-label={`Zoom ${text}`}
          className="rounded-sm px-1 whitespace-nowrap hover:bg-hover aria-expanded:bg-hover"
        >
          {text}
        </button>
      }
    />
  );
}
