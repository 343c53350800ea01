import type { Problem } from '../../../shared/graph/problem';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { linkNames } from './problemWords';

/** A sentence in which each layer's name shows that layer when it is pressed. */
export function Linked({ problem, text }: { readonly problem: Problem; readonly text: string }) {
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
