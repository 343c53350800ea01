import { useEffect, useRef, useState } from 'react';
import { costInWords } from '../../../shared/diagnose/cost';
import type { Problem, Repair } from '../../../shared/graph/problem';
import { applyRepair, applyToAllLike } from '../../commands/repairing';
import { useDocument } from '../../state/document';
import { usePreview } from '../../state/preview';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { countOf } from '../../ui/numbers';

interface RepairsProps {
  readonly problem: Problem;
  /** Undefined while they are looked for. */
  readonly repairs: readonly Repair[] | undefined;
}

/** What mends the problem, each with its cost; looked at, it is drawn on the canvas, pressed it is done. */
export function Repairs({ problem, repairs }: RepairsProps) {
  const list = useRef<HTMLOListElement>(null);
  const isWanted = useSession((state) => state.wantsRepairs === problem.id);
  const hide = usePreview((state) => state.hide);
  useEffect(() => () => hide(), [hide]);
  useEffect(() => {
    if (!isWanted || !repairs) return;
    list.current?.querySelector('button')?.focus();
    useSession.setState({ wantsRepairs: null });
    useSession.getState().announce(repairs.length === 0 ? 'No repair was found.' : `${countOf(repairs.length, 'repair')}.`);
  }, [isWanted, repairs]);
  if (!repairs) return <p className="w-full text-sm text-secondary">Looking for repairs…</p>;
  if (repairs.length === 0) return <p className="w-full text-sm text-secondary">No repair was found that brings no other problem.</p>;
  return (
    <div className="w-full">
      <h4 className="mb-0.5 text-xs font-semibold text-secondary">Repairs</h4>
      <ol ref={list} aria-label="Repairs" className="flex max-w-240 flex-col">
        {repairs.map((repair, index) => (
          <RepairRow key={repair.id} problem={problem} repair={repair} number={index + 1} />
        ))}
      </ol>
    </div>
  );
}

function RepairRow({ problem, repair, number }: { readonly problem: Problem; readonly repair: Repair; readonly number: number }) {
  const alike = useDocument(({ analysis }) => analysis.problems.filter(({ code }) => code === problem.code).length);
  const [isLookedAt, setLookedAt] = useState(false);
  const look = () => {
    setLookedAt(true);
    usePreview.getState().show(repair.edits);
  };
  const leave = () => {
    setLookedAt(false);
    usePreview.getState().hide();
  };
  const button = useRef<HTMLButtonElement>(null);
  // The note makes the row higher once it has the focus, so that the browser's own scrolling falls short.
  useEffect(() => {
    if (isLookedAt && document.activeElement === button.current) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isLookedAt]);
  const { title, cost, note, reveals } = repair;
  return (
    <li className="flex items-center gap-1">
      <button
        ref={button}
        type="button"
        data-row
        onMouseEnter={look}
        onMouseLeave={leave}
        onFocus={look}
        onBlur={leave}
        onClick={() => applyRepair(repair)}
        className="flex min-h-7 w-full items-baseline gap-2.5 rounded-md px-2 py-0.75 text-left hover:bg-hover focus-visible:bg-hover"
      >
        <span aria-hidden className="w-4 shrink-0 text-right font-mono text-xs text-secondary">
          {number}
        </span>
        <span className="min-w-0 flex-1 wrap-anywhere">
          <span className="text-ink">{title}</span>
          {reveals.length > 0 && (
            <span className="text-sm">
              {' '}
              · {countOf(reveals.length, 'problem')} below {reveals.length === 1 ? 'comes' : 'come'} to light
            </span>
          )}
          {note !== undefined && <span className={isLookedAt ? 'block text-xs text-secondary' : 'sr-only'}>{note}</span>}
        </span>
        <span className="shrink-0 font-mono text-xs text-secondary">{costInWords(cost)}</span>
      </button>
      {alike > 1 && (
        <Button variant="plain" aria-label={`Repair all ${alike} like this: ${title}`} onClick={() => applyToAllLike(problem, repair)}>
          All {alike}
        </Button>
      )}
    </li>
  );
}
