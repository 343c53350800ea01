import { useDocument } from './document';

/** The name of a layer of the expanded network, as problems have it; its path where it is there no more. */
export function nameAt(path: string): string {
  return useDocument.getState().analysis.flat.nodes.get(path)?.name ?? path;
}
