import type { MismatchReport } from '../../../shared/graph/problem';
import { useSession } from '../../state/session';

/** The layers at which sizes parted, each with its arithmetic: `conv2a · height 56 → ⌊(56 + 2·1 − 3)/2⌋ + 1 = 28`. */
export function Parts({ mismatch }: { readonly mismatch: MismatchReport }) {
  const reveal = useSession((state) => state.reveal);
  const parts = mismatch.paths.flatMap((path) => path.parts);
  if (parts.length === 0) return null;
  return (
    <ul aria-label="Where sizes part" className="mt-2 flex flex-col gap-0.5 text-xs">
      {parts.map(({ node, path, axes, arithmetic }) => (
        <li key={`${node} ${axes}`} className="select-text">
          <button type="button" onClick={() => reveal(node)} className="rounded-sm font-semibold text-accent-text hover:underline">
            {path}
          </button>{' '}
          {axes} <span className="font-mono text-ink">{arithmetic}</span>
        </li>
      ))}
    </ul>
  );
}
