import { BookOpen } from 'lucide-react';
import { memo } from 'react';
import { graphOf } from '../../../shared/graph/applyEdits';
import type { GraphRef } from '../../../shared/graph/edit';
import type { NodeId } from '../../../shared/graph/graph';
import { nameProblem } from '../../../shared/graph/names';
import { findLayer } from '../../../shared/layers/index';
import { useDocument } from '../../state/document';
import type { NodeFace } from '../../../shared/picture/face';
import { CardButton } from '../../ui/CardButton';
import { KindTile } from '../../ui/Icon';
import { TextField } from '../../ui/TextField';
import { LayerDocs } from './LayerDocs';

interface NodeHeaderProps {
  readonly id: NodeId;
  readonly name: string;
  readonly type: string;
  readonly icon: NodeFace['icon'];
  readonly kind: NodeFace['kind'];
  /** Of the kind of layer, or of the block. */
  readonly title: string;
  readonly graph: GraphRef;
}

/** Which layer it is: its kind, and its name to be changed. Memoised: typing in the fields below draws no heading. */
export const NodeHeader = memo(function NodeHeader({ id, name, type, icon, kind, title, graph }: NodeHeaderProps) {
  const layer = findLayer(type);
  const { edit, sealStep } = useDocument.getState();
  const check = (wanted: string) => {
    const now = graphOf(useDocument.getState().document, graph);
    return now && nameProblem(now, id, wanted);
  };
  return (
    <header>
      <h2 className="sr-only">{name}</h2>
      <div className="flex items-start gap-2.5">
        <KindTile icon={icon} kind={kind} size="medium" />
        <TextField
          key={id}
          label="Name"
          value={name}
          check={check}
          onChange={(wanted) => edit(`Rename ${name}`, [{ kind: 'rename', id, name: wanted, graph }], 'record')}
          commitOnly
          onCommit={sealStep}
          className="[&_input]:text-lg [&_input]:font-semibold [&>div]:border-transparent [&>div]:bg-transparent hover:[&>div]:border-line"
        />
      </div>
      {layer ? (
        <div className="flex items-center justify-between gap-2">
          <CardButton
            key={type}
            label={`What ${layer.title} does`}
            icon={<BookOpen size="0.875rem" aria-hidden />}
            card={<LayerDocs layer={layer} />}
          >
            {title}
          </CardButton>
          {layer.docs.torchName && (
            <p className="mt-1 min-w-0 truncate font-mono text-xs text-secondary" title="In PyTorch">
              <span className="sr-only">In PyTorch: </span>
              {layer.docs.torchName}
            </p>
          )}
        </div>
      ) : (
        <p className="mt-1 pl-0.5 text-secondary">{title}</p>
      )}
    </header>
  );
});
