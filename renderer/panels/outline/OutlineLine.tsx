import { ChevronRight, CircleX, CornerDownRight, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { formatShape } from '../../../shared/graph/tensor';
import { renameNode } from '../../commands/renaming';
import { useDocument, type DocumentState } from '../../state/document';
import { faceOf } from '../../../shared/picture/face';
import { pathIn } from '../../state/location';
import { spokenCarried, spokenNode } from '../../state/spoken';
import { classes } from '../../ui/classes';
import { KindTile } from '../../ui/Icon';
import type { OutlineRow } from './outlineRows';

interface OutlineLineProps {
  readonly id: string;
  readonly row: OutlineRow;
  readonly top: number;
  readonly height: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isRenaming: boolean;
  readonly onPress: () => void;
  readonly onToggle: () => void;
  readonly onRenamed: () => void;
}

/** A layer or a wire in the outline: what it is, the shape that it gives, and whether something is wrong in it. */
export const OutlineLine = memo(function OutlineLine(props: OutlineLineProps) {
  const { id, row, isActive, isSelected, isRenaming } = props;
  const label = useDocument((state) => spokenRow(state, row));
  return (
    // The tree has the focus and its keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-label={label}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.count}
      aria-expanded={row.isOpen}
      aria-selected={isSelected}
      onClick={props.onPress}
      onContextMenu={props.onPress}
      style={{ top: props.top, height: props.height, paddingLeft: 4 + (row.level - 1) * 14 }}
      className={classes(
        'absolute inset-x-1 flex items-center gap-1.5 rounded-md pr-2 outline-none',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
        isActive &&
          'group-focus-visible/tree:outline-2 group-focus-visible/tree:-outline-offset-2 group-focus-visible/tree:outline-(--focus)',
      )}
    >
      <Twisty isOpen={row.isOpen} onToggle={props.onToggle} />
      {row.kind === 'wire' ? <WireText row={row} /> : <LayerText row={row} isRenaming={isRenaming} onRenamed={props.onRenamed} />}
    </div>
  );
});

/** For the mouse; the keyboard has the arrow keys. */
function Twisty({ isOpen, onToggle }: { readonly isOpen: boolean | undefined; readonly onToggle: () => void }) {
  return (
    <span
      aria-hidden
      className="flex size-4 shrink-0 items-center justify-center text-secondary"
      onClick={(event) => {
        event.stopPropagation();
        if (isOpen !== undefined) onToggle();
      }}
    >
      {isOpen !== undefined && (
        <ChevronRight size="0.75rem" className={classes('transition-transform duration-120', isOpen && 'rotate-90')} />
      )}
    </span>
  );
}

function WireText({ row }: { readonly row: OutlineRow }) {
  const shape = useDocument(({ analysis }) => {
    const type = wireType(analysis, row);
    return type ? formatShape(type.shape) : '?';
  });
  return (
    <>
      <CornerDownRight size="0.8125rem" aria-hidden className="shrink-0 -scale-y-100 text-secondary" />
      <span className="truncate text-secondary">from {row.name}</span>
      <span className="ml-auto shrink-0 pl-2 font-mono text-xs text-secondary">{shape}</span>
    </>
  );
}

interface LayerTextProps {
  readonly row: OutlineRow;
  readonly isRenaming: boolean;
  readonly onRenamed: () => void;
}

function LayerText({ row, isRenaming, onRenamed }: LayerTextProps) {
  const document = useDocument((state) => state.document);
  const shape = useDocument(({ analysis }) => {
    const [type] = Object.values(analysis.nodes.get(row.path)?.outputs ?? {});
    return type ? formatShape(type.shape) : '';
  });
  const problem = useDocument(({ analysis }) => worstIn(analysis.problems, row));
  const node = row.graph.nodes[row.node];
  if (!node) return null;
  const face = faceOf(node, document);
  return (
    <>
      <KindTile icon={face.icon} kind={face.kind} size="small" />
      {isRenaming ? <NameInput row={row} onDone={onRenamed} /> : <span className="truncate">{node.name}</span>}
      <span className="ml-auto flex shrink-0 items-center gap-1.5 pl-2">
        {problem === 'error' && <CircleX size="0.8125rem" aria-hidden className="text-error-text" />}
        {problem === 'warning' && <TriangleAlert size="0.8125rem" aria-hidden className="text-warning-text" />}
        <span className="font-mono text-xs text-secondary">{shape}</span>
      </span>
    </>
  );
}

function NameInput({ row, onDone }: { readonly row: OutlineRow; readonly onDone: () => void }) {
  return (
    <input
      ref={(field) => field?.select()}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because the name shall be changed
      autoFocus
      aria-label={`Name of ${row.name}`}
      defaultValue={row.name}
      spellCheck={false}
      onBlur={onDone}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') renameNode(row.node, event.currentTarget.value);
        if (event.key === 'Enter' || event.key === 'Escape') onDone();
      }}
      className="min-w-0 flex-1 rounded-sm border border-line bg-field px-1 outline-2 -outline-offset-1 outline-(--focus)"
    />
  );
}

type Analysis = DocumentState['analysis'];

/** The worst problem of a layer, or of anything inside a block. */
function worstIn(problems: Analysis['problems'], { path }: OutlineRow): 'error' | 'warning' | undefined {
  let worst: 'error' | 'warning' | undefined;
  for (const { node, severity } of problems) {
    if (node !== path && !node.startsWith(`${path}/`)) continue;
    if (severity === 'error') return 'error';
    worst = 'warning';
  }
  return worst;
}

function wireType(analysis: Analysis, row: OutlineRow) {
  const edge = row.edge === undefined ? undefined : row.graph.edges[row.edge];
  return edge && analysis.nodes.get(pathIn(row.prefix, edge.from.node))?.outputs[edge.from.port];
}

function spokenRow({ document, analysis }: DocumentState, row: OutlineRow): string {
  const node = row.graph.nodes[row.node];
  if (row.kind === 'wire') {
    const type = wireType(analysis, row);
    return `Wire from ${row.name}${spokenCarried(type)}`;
  }
  const own = analysis.nodes.get(row.path);
  const said = node ? spokenNode(node, document, own, analysis.flat.nodes.get(row.path)?.params) : row.name;
  const isWrongInside = (own?.problems.length ?? 0) === 0 && worstIn(analysis.problems, row) !== undefined;
  return isWrongInside ? `${said}, a problem inside` : said;
}
