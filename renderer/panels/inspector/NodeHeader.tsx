import { BookOpen } from 'lucide-react';
import type { GraphRef } from '../../../shared/graph/edit';
import type { Graph, GraphNode } from '../../../shared/graph/graph';
import { nameProblem } from '../../../shared/graph/names';
import { findLayer } from '../../../shared/layers/index';
import { useDocument } from '../../state/document';
import type { NodeFace } from '../../../shared/picture/face';
import { CardButton } from '../../ui/CardButton';
import { KindTile } from '../../ui/Icon';
import { TextField } from '../../ui/TextField';
import { LayerDocs } from './LayerDocs';

interface NodeHeaderProps {
  readonly node: GraphNode;
  readonly face: NodeFace;
  readonly graph: Graph;
  readonly reference: GraphRef;
}

/** Which layer it is: its kind, and its name to be changed. */
export function NodeHeader({ node, face, graph, reference }: NodeHeaderProps) {
  const layer = findLayer(node.type);
  const { edit, sealStep } = useDocument.getState();
  return (
    <header>
      <h2 className="sr-only">{node.name}</h2>
      <div className="flex items-start gap-2.5">
        <KindTile icon={face.icon} kind={face.kind} size="medium" />
        <TextField
          key={node.id}
          label="Name"
          value={node.name}
          check={(name) => nameProblem(graph, node.id, name)}
          onChange={(name) => edit(`Rename ${node.name}`, [{ kind: 'rename', id: node.id, name, graph: reference }], 'record')}
          commitOnly
          onCommit={sealStep}
          className="[&_input]:text-lg [&_input]:font-semibold [&>div]:border-transparent [&>div]:bg-transparent hover:[&>div]:border-line"
        />
      </div>
      {layer ? (
        <div className="flex items-center justify-between gap-2">
          <CardButton label={`What ${layer.title} does`} icon={<BookOpen size={14} aria-hidden />} card={<LayerDocs layer={layer} />}>
            {face.title}
          </CardButton>
          {layer.docs.torchName && (
            <p className="mt-1 min-w-0 truncate font-mono text-xs text-secondary" title="In PyTorch">
              <span className="sr-only">In PyTorch: </span>
              {layer.docs.torchName}
            </p>
          )}
        </div>
      ) : (
        <p className="mt-1 pl-0.5 text-secondary">{face.title}</p>
      )}
    </header>
  );
}
