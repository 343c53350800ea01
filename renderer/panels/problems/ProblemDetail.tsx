import { needInWords, suspectsInWords } from '../../../shared/diagnose/format';
import type { Problem } from '../../../shared/graph/problem';
import { useDocument } from '../../state/document';
import { countOf } from '../../ui/numbers';
import { Linked } from './Linked';
import { MismatchTable } from './MismatchTable';
import { Parts } from './Parts';
import { Repairs } from './Repairs';
import { SwitchOff } from './SwitchOff';
import { useFindings } from './useFindings';

const heading = 'mt-2 mb-0.5 text-xs font-semibold text-secondary';

/** Why it is wrong: the cause with its layers to press, who is at fault, the axes side by side, and what mends it. */
export function ProblemDetail({ problem }: { readonly problem: Problem }) {
  const { mismatch, blocked, instances } = problem;
  const others = useDocument((state) => state.analysis.problems.length - 1);
  const findings = useFindings(problem);
  return (
    <div className="mt-1 mb-2 flex flex-wrap items-start gap-x-10 gap-y-3 pt-1 pr-2 pl-8 text-secondary">
      <div className="max-w-120 min-w-60 flex-1">
        {/* What is wrong stands in the row above, whole while this is open. */}
        {mismatch && (
          <>
            <p className="select-text">{needInWords(problem)}</p>
            <h4 className={heading}>Where the paths part</h4>
            <p className="select-text">
              <Linked problem={problem} text={mismatch.cause} />
            </p>
          </>
        )}
        {findings?.blame && <p className="mt-1.5 font-medium text-ink select-text">It is so {findings.blame.words}.</p>}
        {findings && !findings.blame && findings.suspects.length > 0 && (
          <>
            <h4 className={heading}>Probably at fault</h4>
            <p className="select-text">
              <Linked problem={problem} text={`${suspectsInWords(findings.suspects)}.`} />
            </p>
          </>
        )}
        {instances && <p className="mt-1.5 select-text">The same in {instances.map(({ path }) => path).join(', ')}.</p>}
        <p className="mt-1.5 empty:hidden">{blockedInWords(blocked.length, others)}</p>
      </div>
      {mismatch && (
        <div>
          <MismatchTable mismatch={mismatch} />
          <Parts mismatch={mismatch} />
        </div>
      )}
      <Repairs problem={problem} repairs={findings?.repairs} />
      <SwitchOff problem={problem} />
    </div>
  );
}

function blockedInWords(blocked: number, others: number): string {
  const because =
    blocked === 0
      ? ''
      : `${countOf(blocked, 'layer')} below ${blocked === 1 ? 'has an unknown shape' : 'have unknown shapes'} because of this. `;
  return because + (others === 0 ? 'Nothing else is wrong.' : '');
}
