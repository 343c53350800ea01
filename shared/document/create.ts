import { emptyGraph } from '../graph/graph';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, defaultTraining, type SkipDocument } from './document';

/** A new, empty document; `id` comes from the host, since nothing here is random. */
export function newDocument(id: string): SkipDocument {
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    id,
    layers: {},
    dataFormat: 'channelsLast',
    graph: emptyGraph,
    blocks: {},
    training: defaultTraining,
    data: { dataset: 'digits', inputs: {} },
    view: {},
  };
}
