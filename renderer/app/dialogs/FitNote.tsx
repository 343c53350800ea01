import type { Fit } from '../../../shared/infer/fit';

/** What a layer would make of a wire; where that is not known, something else. */
export function FitNote({ fit, otherwise }: { readonly fit: Fit | undefined; readonly otherwise: string }) {
  if (!fit) return <span className="text-sm text-secondary">{otherwise}</span>;
  if (fit.kind === 'gives' && fit.shape === '') return <span className="text-sm text-secondary">ends the path</span>;
  if (fit.kind === 'gives') return <span className="font-mono text-sm text-secondary">→ {fit.shape}</span>;
  if (fit.kind === 'waits') return <span className="text-sm text-secondary">wants one more wire</span>;
  return (
    <span className="block max-w-40 truncate text-sm text-error-text" title={fit.reason}>
      {fit.reason}
    </span>
  );
}
