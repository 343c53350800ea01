import { ChevronsDownUp, ChevronsUpDown, CircleX, TriangleAlert } from 'lucide-react';
import { useMemo, type KeyboardEvent, type MouseEvent } from 'react';
import { formatShape } from '../../shared/graph/tensor';
import { copiesAt, type Copy } from '../../shared/infer/copies';
import { foldStack, openCopy, toggleFan } from '../commands/fanning';
import { useFans } from '../state/fans';
import { useShownAnalysis } from '../state/preview';
import { rowAfterKey } from '../ui/listKeys';
import { formatCount, formatLarge } from '../ui/numbers';
import './fan.css';

interface LayerFanProps {
  readonly id: string;
  readonly path: string;
  readonly name: string;
}

/** Of a stack: the button that fans it out, and its copies below it, each with its shapes, cost and problem. */
export function LayerFan({ id, path, name }: LayerFanProps) {
  const copies = useShownAnalysis(({ nodes }) => nodes.get(path)?.copies) ?? 1;
  const isOpen = useFans(({ open }) => open.has(path));
  if (copies < 2) return null;
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        className="layer-fan-button nodrag nopan"
        aria-expanded={isOpen}
        aria-label={`${isOpen ? 'Fold' : 'Fan out'} ${name}, ${formatCount(copies)} copies`}
        onClick={(event) => stop(event, () => toggleFan(id, path))}
      >
        <span>
          ×{copies}
          {isOpen ? <ChevronsDownUp size={11} aria-hidden /> : <ChevronsUpDown size={11} aria-hidden />}
        </span>
      </button>
      {isOpen && <Fan id={id} path={path} name={name} />}
    </>
  );
}

function Fan({ id, path, name }: LayerFanProps) {
  const analysis = useShownAnalysis((shown) => shown);
  const copies = useMemo(() => copiesAt(analysis, path), [analysis, path]);
  return (
    <ol className="layer-fan nodrag nopan nowheel" aria-label={`Copies of ${name}`} data-fan={id}>
      {copies.map((copy, index) => (
        <li key={copy.path}>
          <CopyCard id={id} path={path} name={name} copy={copy} index={index} />
        </li>
      ))}
    </ol>
  );
}

interface CopyCardProps extends LayerFanProps {
  readonly copy: Copy;
  readonly index: number;
}

function CopyCard({ id, path, name, copy, index }: CopyCardProps) {
  const { input, output, parameters, problems } = copy;
  const problem = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  const shape = `${input ? formatShape(input.shape) : '?'} → ${output ? formatShape(output.shape) : '?'}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="layer-fan-card"
      data-problem={problem?.severity}
      title={problem?.message ?? `Open copy ${index + 1}`}
      aria-label={`Copy ${index + 1} of ${name}: ${shape}${problem ? `. ${problem.message}` : ''}`}
      onClick={(event) => stop(event, () => openCopy(id, index))}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => walk(event, id, path)}
    >
      <span className="layer-fan-index">{index + 1}</span>
      <span className="layer-fan-shape">{shape}</span>
      <span className="layer-fan-cost">{parameters === undefined ? '' : formatLarge(parameters)}</span>
      {problem &&
        (problem.severity === 'error' ? (
          <CircleX size={12} className="text-error-text" aria-hidden />
        ) : (
          <TriangleAlert size={12} className="text-warning-text" aria-hidden />
        ))}
    </button>
  );
}

function stop(event: MouseEvent, act: () => void): void {
  event.stopPropagation();
  act();
}

/** Arrows go from copy to copy, Escape folds the stack; other keys are the canvas's own. */
function walk(event: KeyboardEvent<HTMLButtonElement>, id: string, path: string): void {
  const cards = [...(event.currentTarget.closest('ol')?.querySelectorAll('button') ?? [])];
  const to = rowAfterKey(event.key, cards.indexOf(event.currentTarget), cards.length);
  if (to === undefined && event.key !== 'Escape' && event.key !== 'Enter') return;
  event.stopPropagation();
  event.nativeEvent.stopImmediatePropagation();
  if (event.key === 'Enter') return;
  event.preventDefault();
  if (to === undefined) foldStack(id, path);
  else cards[to]?.focus();
}
