import { describe, expect, it } from 'vitest';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, defaultTraining, type SkipDocument } from '../../../shared/document/document';
import { emptyGraph } from '../../../shared/graph/graph';
import { defaultLoss } from '../../../shared/training/losses/index';
import type { MetricSettings } from '../../../shared/training/metrics/index';
import {
  objectivesOf,
  withDataset,
  withLossKind,
  withMetric,
  withMetricSettings,
  withObjective,
  withOptimizer,
  withOptimizerKind,
  withSchedule,
  withScheduleKind,
  withTraining,
} from './trainingEdits';

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

  it('fields of the optimizer change one by one', () => {
    expect(withOptimizer({ beta1: 0.8 })(document).training.optimizer).toMatchObject({ kind: 'adam', beta1: 0.8 });
    expect(withOptimizer({ learningRate: 0.5 })(document).training.optimizer).toEqual({ ...defaultTraining.optimizer, learningRate: 0.5 });
  });

  it('a new schedule starts with its own defaults', () => {
    const cosine = withScheduleKind('cosine')(document);
    expect(cosine.training.schedule).toEqual({ kind: 'cosine', warmup: 0, cycle: 0, growth: 1, end: 0 });
    expect(withSchedule({ warmup: 2 })(cosine).training.schedule).toMatchObject({ kind: 'cosine', warmup: 2 });
    expect(withScheduleKind('cosine')(cosine)).toBe(cosine);
  });

  it('what one output learns is written down with what the others learn', () => {
    const two = ['kind', 'picture'];
    const drawn = withLossKind(two, 'picture', 'meanSquaredError')(document);
    expect(drawn.training.objectives).toEqual([
      { output: 'kind', loss: defaultLoss, weight: 1, column: 'label' },
      { output: 'picture', loss: { kind: 'meanSquaredError' }, weight: 1, column: 'label' },
    ]);
    const left = withObjective(two, 'kind', { weight: 0 })(drawn);
    expect(left.training.objectives.map(({ output }) => output)).toEqual(['picture']);
    expect(objectivesOf(left, two)[0]).toEqual({ output: 'kind', loss: defaultLoss, weight: 0, column: 'label' });
  });

  it('a metric comes and goes', () => {
    const more = withMetric('auc', true)(document);
    expect(more.training.metrics).toEqual([{ kind: 'accuracy' }, { kind: 'auc' }]);
    expect(withMetric('accuracy', false)(more).training.metrics).toEqual([{ kind: 'auc' }]);
  });

  it('a metric with settings begins with the usual ones, which can be changed', () => {
    const five = withMetric('topKCategoricalAccuracy', true)(document);
    const [, top] = five.training.metrics;
    expect(top).toEqual({ kind: 'topKCategoricalAccuracy', k: 5 });
    const three = withMetricSettings(top as MetricSettings, { k: 3 })(five);
    expect(three.training.metrics).toEqual([{ kind: 'accuracy' }, { kind: 'topKCategoricalAccuracy', k: 3 }]);
  });
});
