import { ArrowRight, CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/graph/problem';
import type { NodePath } from '../../../shared/infer/analysis';
import { useDocument } from '../../state/document';
import { countOf, formatLarge } from '../../ui/numbers';
import { problemWords } from '../problems/problemWords';
import { consequenceOf } from './consequence';
import { useLastEdit } from './lastEdit';

/** Under the fields: what the last edit changed, here and further on. */
export function ConsequenceNote({ path }: { readonly path?: NodePath }) {
  const before = useLastEdit((state) => state.before);
  const analysis = useDocument((state) => state.analysis);
  const consequence = before ? consequenceOf(before, analysis, path) : undefined;
  if (!consequence) return null;
  const { output, parameters, others, appeared, mended } = consequence;
  const first = appeared.find(({ severity }) => severity === 'error') ?? appeared[0];
  return (
    <section
      aria-label="What the last change did"
      className="flex flex-col gap-1 rounded-md border border-line bg-raised px-2.5 py-2 text-sm"
    >
      {output && <Change name="Output" before={output.before} after={output.after} />}
      {parameters && <Change name="All parameters" before={formatLarge(parameters.before)} after={formatLarge(parameters.after)} />}
      {others > 0 && <p className="text-secondary">{countOf(others, 'other layer')} with another output</p>}
      {first && <Appeared first={first} count={appeared.length} />}
      {mended.length > 0 && (
        <Line icon={<CircleCheck size="0.875rem" aria-hidden />} tone="text-success-text">
          {countOf(mended.length, 'problem')} mended
        </Line>
      )}
    </section>
  );
}

function Appeared({ first, count }: { readonly first: Problem; readonly count: number }) {
  const isError = first.severity === 'error';
  const { name, text } = problemWords(first);
  const Icon = isError ? CircleX : TriangleAlert;
  return (
    <Line icon={<Icon size="0.875rem" aria-hidden />} tone={isError ? 'text-error-text' : 'text-warning-text'}>
      {count > 1 && `${countOf(count, 'new problem')}, the first: `}
      <strong className="font-semibold">{name}</strong> {text}
    </Line>
  );
}

function Change({ name, before, after }: { readonly name: string; readonly before: string; readonly after: string }) {
  return (
    <p className="flex flex-wrap items-baseline justify-between gap-x-3">
      <span className="text-secondary">{name}</span>
      <span className="flex flex-wrap items-baseline gap-x-1.5 font-mono text-xs">
        <span className="text-secondary">{before}</span>
        <ArrowRight size="0.6875rem" role="img" aria-label="to" className="self-center text-secondary" />
        <span className="font-medium">{after}</span>
      </span>
    </p>
  );
}

function Line({ icon, tone, children }: { readonly icon: ReactNode; readonly tone: string; readonly children: ReactNode }) {
  return (
    <p className={`flex items-start gap-1.5 ${tone}`}>
      <span className="mt-0.5 shrink-0">{icon}</span>
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
