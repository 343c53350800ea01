import { defaultTraining, type OptimizerSettings, type SkipDocument, type TrainingSettings } from '../../../shared/document/document';

/** Changes of a document's training settings: each a recipe for the document store. */
export type Recipe = (document: SkipDocument) => SkipDocument;

export function withTraining(change: Partial<TrainingSettings>): Recipe {
  return (document) => ({ ...document, training: { ...document.training, ...change } });
}

export function withDataset(dataset: string): Recipe {
  return (document) => ({ ...document, data: { ...document.data, dataset } });
}

/** A new kind of optimizer starts with its own usual rate: Adam's 0.001 would not move SGD, SGD's 0.1 would throw Adam off. */
export function withOptimizerKind(kind: OptimizerSettings['kind']): Recipe {
  return (document) =>
    document.training.optimizer.kind === kind ? document : withTraining({ optimizer: usualOptimizers[kind] })(document);
}

/** Changes fields of the optimizer as it is; fields of the other kind are no part of the type. */
export function withSgd(change: Partial<Omit<Extract<OptimizerSettings, { kind: 'sgd' }>, 'kind'>>): Recipe {
  return (document) => {
    const { optimizer } = document.training;
    return optimizer.kind === 'sgd' ? withTraining({ optimizer: { ...optimizer, ...change } })(document) : document;
  };
}

export function withAdam(change: Partial<Omit<Extract<OptimizerSettings, { kind: 'adam' }>, 'kind'>>): Recipe {
  return (document) => {
    const { optimizer } = document.training;
    return optimizer.kind === 'adam' ? withTraining({ optimizer: { ...optimizer, ...change } })(document) : document;
  };
}

export function withLearningRate(learningRate: number): Recipe {
  return (document) => withTraining({ optimizer: { ...document.training.optimizer, learningRate } })(document);
}

const usualOptimizers: Readonly<Record<OptimizerSettings['kind'], OptimizerSettings>> = {
  adam: defaultTraining.optimizer,
  sgd: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
};
