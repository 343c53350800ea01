import { withImageSize } from '../../shared/diagnose/inputSizes';
import type { SkipDocument } from '../../shared/document/document';
import type { Edit } from '../../shared/graph/edit';
import { tellEditAs } from '../state/announceEdits';
import { useDocument } from '../state/document';
import { usePreview } from '../state/preview';

/** Shows on the canvas what the network would be with this height and width; the document stays as it is. */
export function trySize(size: number): void {
  usePreview.getState().show(editsFor(useDocument.getState().document, size));
}

export function stopTrying(): void {
  usePreview.getState().hide();
}

/** Gives the image input this height and width, as one step. */
export function takeSize(size: number): void {
  stopTrying();
  useDocument.getState().edit(`Set the input to ${size}×${size}`, editsFor(useDocument.getState().document, size), 'record');
  tellEditAs(`The input is ${size} by ${size}.`);
}

function editsFor(document: SkipDocument, size: number): readonly Edit[] {
  const resized = withImageSize(document, size, size);
  return Object.values(resized?.graph.nodes ?? {}).flatMap((node) =>
    document.graph.nodes[node.id] === node ? [] : [{ kind: 'setParams', graph: 'network', id: node.id, params: node.params } as const],
  );
}
