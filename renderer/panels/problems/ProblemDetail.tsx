import type { Problem } from '../../../shared/graph/problem';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { countOf } from '../../ui/numbers';
import { MismatchTable } from './MismatchTable';
import { linkNames, problemWords } from './problemWords';
import { Repairs } from './Repairs';

/** Why it is wrong: the cause with its layers to press, the axes side by side, and what is unknown because of it. */
export function ProblemDetail({ problem }: { readonly problem: Problem }) {
  const { mismatch, blocked } = problem;
  const others = useDocument((state) => state.analysis.problems.length - 1);
  return (
    <div className="mt-1 mb-2 flex flex-wrap items-start gap-x-10 gap-y-3 pt-1 pr-2 pl-8 text-secondary">
      <div className="max-w-120 min-w-60 flex-1">
        <p className="select-text">
          {mismatch ? (
            <Cause problem={problem} />
          ) : problemWords(problem).name === '' ? (
            problem.message
          ) : (
            <Linked problem={problem} text={problem.message} />
          )}
        </p>
        <p className="mt-1.5">{blockedInWords(blocked.length, others)}</p>
      </div>
      {mismatch && <MismatchTable mismatch={mismatch} />}
      <Repairs problem={problem} />
    </div>
  );
}

function Cause({ problem }: { readonly problem: Problem }) {
  return <Linked problem={problem} text={problem.mismatch?.cause ?? problem.message} />;
}

/** A sentence in which each layer's name shows that layer when it is pressed. */
function Linked({ problem, text }: { readonly problem: Problem; readonly text: string }) {
  const reveal = useSession((state) => state.reveal);
  return linkNames(text, namesIn(problem)).map((part, index) => {
    const { node } = part;
    if (node === undefined) return part.text;
    return (
      <button
        key={`${index} ${node}`}
        type="button"
        onClick={() => reveal(node)}
        className="rounded-sm font-semibold text-accent-text hover:underline"
      >
        {part.text}
      </button>
    );
  });
}

function namesIn({ mismatch, node, path }: Problem): ReadonlyMap<string, string> {
  const { flat } = useDocument.getState().analysis;
  const names = new Map<string, string>([[path, node]]);
  if (mismatch?.fork) names.set(mismatch.fork.path, mismatch.fork.node);
  for (const { fromPath, from, parted, nodes } of mismatch?.paths ?? []) {
    names.set(fromPath, from);
    for (const id of parted === undefined ? nodes : [parted, ...nodes]) names.set(flat.nodes.get(id)?.name ?? '', id);
  }
  return names;
}

function blockedInWords(blocked: number, others: number): string {
  const because =
    blocked === 0
      ? ''
      : `${countOf(blocked, 'layer')} below ${blocked === 1 ? 'has an unknown shape' : 'have unknown shapes'} because of this. `;
  return because + (others === 0 ? 'Nothing else is wrong.' : '');
}
