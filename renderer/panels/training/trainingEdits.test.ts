import { describe, expect, it } from 'vitest';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, defaultTraining, type SkipDocument } from '../../../shared/document/document';
import { emptyGraph } from '../../../shared/graph/graph';
import { withAdam, withDataset, withLearningRate, withOptimizerKind, withSgd, withTraining } from './trainingEdits';

const document: SkipDocument = {
  format: DOCUMENT_FORMAT,
  version: DOCUMENT_VERSION,
  id: 'd1',
  layers: {},
  dataFormat: 'channelsLast',
  graph: emptyGraph,
  blocks: {},
  training: defaultTraining,
  data: { dataset: null, inputs: {} },
  view: {},
};

describe('changing how a document is trained', () => {
  it('leaves everything else as it is', () => {
    expect(withTraining({ epochs: 3 })(document)).toEqual({ ...document, training: { ...defaultTraining, epochs: 3 } });
    expect(withDataset('digits')(document)).toEqual({ ...document, data: { dataset: 'digits', inputs: {} } });
  });

  it('a new kind of optimizer brings its own usual rate', () => {
    const sgd = withOptimizerKind('sgd')(document);
    expect(sgd.training.optimizer).toEqual({ kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false });
    expect(withOptimizerKind('adam')(sgd).training.optimizer).toEqual(defaultTraining.optimizer);
  });

  it('the same kind again changes nothing, not even the identity', () => {
    expect(withOptimizerKind('adam')(document)).toBe(document);
  });

  it('fields of the other kind are not written', () => {
    expect(withSgd({ nesterov: true })(document)).toBe(document);
    expect(withAdam({ beta1: 0.8 })(document).training.optimizer).toMatchObject({ kind: 'adam', beta1: 0.8 });
    expect(withLearningRate(0.5)(document).training.optimizer).toEqual({ ...defaultTraining.optimizer, learningRate: 0.5 });
  });
});
