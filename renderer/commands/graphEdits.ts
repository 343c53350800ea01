import type { SkipDocument } from '../../shared/document/document';
import type { Edit, GraphRef } from '../../shared/graph/edit';
import type { Graph } from '../../shared/graph/graph';
import { useDocument } from '../state/document';
import { currentGraph } from '../state/location';
import { useSession, type Selection } from '../state/session';

/** What is on the canvas now. */
export interface Shown {
  readonly document: SkipDocument;
  readonly graph: Graph;
  readonly ref: GraphRef;
  readonly selection: Selection;
}

export function shown(): Shown {
  const { document } = useDocument.getState();
  const { location, selection } = useSession.getState();
  return { document, ...currentGraph(document, location), selection };
}

/** Takes away what is selected; wires of a layer go with it. */
export function removeSelection({ ref, selection }: Shown): readonly Edit[] {
  return [
    ...[...selection.edges].map((id): Edit => ({ kind: 'disconnect', id, graph: ref })),
    ...[...selection.nodes].map((id): Edit => ({ kind: 'removeNode', id, graph: ref })),
    ...[...selection.annotations].map((id): Edit => ({ kind: 'removeAnnotation', id, graph: ref })),
  ];
}
