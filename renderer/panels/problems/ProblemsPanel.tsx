import { CircleCheck } from 'lucide-react';
import { runCommand } from '../../commands/commands';
import { openFrom } from '../../commands/opening';
import { useDocument } from '../../state/document';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { moveAmongRows } from '../../ui/listKeys';
import { ProblemRow } from './ProblemRow';
import { SwitchedOffList } from './SwitchOff';

/** More rows than anybody reads cost more than they tell; the last line says how many there are. */
const SHOWN = 200;

/** Everything that is wrong with the network, each with where, why and how to mend it. */
export function ProblemsPanel() {
  const problems = useDocument((state) => state.analysis.problems);
  if (problems.length === 0)
    return (
      <>
        <NoProblems />
        <SwitchedOffList />
      </>
    );
  const errors = problems.filter(({ severity }) => severity === 'error');
  // A lone error has its repairs below; but where it leaves layers unknown, it may hide others.
  const mayBeMore = errors.length > 1 || errors.some(({ blocked }) => blocked.length > 0);
  return (
    <>
      {mayBeMore && (
        <div className="flex justify-end px-3 pt-2">
          <Button onClick={() => runCommand('graph.repairAll')}>Repair everything</Button>
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move among the buttons inside */}
      <ul aria-label="Problems" onKeyDown={(event) => moveAmongRows(event, '[data-row]')} className="px-3 py-2">
        {problems.slice(0, SHOWN).map((problem) => (
          <ProblemRow key={problem.id} problem={problem} />
        ))}
        {problems.length > SHOWN && <li className="px-2 py-1 text-secondary">And {problems.length - SHOWN} more.</li>}
      </ul>
      <SwitchedOffList />
    </>
  );
}

/** An empty network has nothing to go wrong yet: it is shown what a problem looks like. */
function NoProblems() {
  const isEmpty = useDocument((state) => Object.keys(state.document.graph.nodes).length === 0);
  if (!isEmpty) {
    return (
      <EmptyState icon={<CircleCheck size="1.375rem" aria-hidden className="text-success-text" />} title="No problems">
        Every wire’s shape fits. What does not will be listed here, with where it parted.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<CircleCheck size="1.375rem" aria-hidden className="text-success-text" />}
      title="No problems"
      action={
        <>
          <Button onClick={() => runCommand('graph.addLayer')}>Add a layer…</Button>
          <Button variant="plain" onClick={() => void openFrom({ kind: 'sample', name: 'mismatched-add' }, 'The sample')}>
            Show me one
          </Button>
        </>
      }
    >
      What does not fit will be listed here while you draw, with where the paths parted and how to mend it.
    </EmptyState>
  );
}
