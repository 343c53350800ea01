import { ChevronRight, CircleX, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { Problem } from '../../../shared/graph/problem';
import { useSession } from '../../state/session';
import { classes } from '../../ui/classes';
import { ProblemDetail } from './ProblemDetail';
import { problemWords } from './problemWords';

/** A problem in a line; pressed, it shows the layer, tints the paths and opens what is known of it. */
export const ProblemRow = memo(function ProblemRow({ problem }: { readonly problem: Problem }) {
  const isFocused = useSession((state) => state.focusedProblem === problem.id);
  const { name, text, where } = problemWords(problem);
  const isError = problem.severity === 'error';

  function toggle() {
    const { focusProblem, reveal } = useSession.getState();
    if (isFocused) return focusProblem(null);
    if (problem.node !== '') reveal(problem.node);
    focusProblem(problem.id);
  }

  return (
    <li data-problem-row className="mb-1">
      <button
        type="button"
        data-row
        aria-expanded={isFocused}
        onClick={toggle}
        className={classes(
          'flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-left',
          isError ? 'bg-error-soft' : 'bg-warning-soft',
        )}
      >
        {isError ? (
          <CircleX size="0.9375rem" aria-label="Error" className="shrink-0 text-error-text" />
        ) : (
          <TriangleAlert size="0.9375rem" aria-label="Warning" className="shrink-0 text-warning-text" />
        )}
        {/* Of long names the end tells one from another: they go on in the next line. */}
        {name && <span className="max-w-3/5 shrink-0 font-semibold wrap-anywhere text-ink">{name}</span>}
        <span className={classes('min-w-0 text-ink', !isFocused && 'truncate')}>{text}</span>
        {where && <span className="max-w-1/4 shrink-0 text-sm wrap-anywhere text-secondary">{where}</span>}
        <span className="ml-auto flex shrink-0 items-center gap-2 pl-3">
          <span className="font-mono text-xs text-secondary">{problem.code}</span>
          <ChevronRight
            size="0.875rem"
            aria-hidden
            className={classes('text-secondary transition-transform duration-120', isFocused && 'rotate-90')}
          />
        </span>
      </button>
      {isFocused && <ProblemDetail problem={problem} />}
    </li>
  );
});
