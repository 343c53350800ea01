import type { DocumentMigration } from './documentMigration';

/** Metrics of version 3 have settings. Before, they were names, and what looked at the best classes looked at five. */
export const addMetricSettings: DocumentMigration = {
  name: 'addMetricSettings',
  up(file) {
    const training = file['training'];
    if (typeof training !== 'object' || training === null || !('metrics' in training) || !Array.isArray(training.metrics)) return file;
    return { ...file, training: { ...training, metrics: training.metrics.map(withSettings) } };
  },
};

function withSettings(metric: unknown): unknown {
  if (typeof metric !== 'string') return metric;
  return metric === 'topKCategoricalAccuracy' ? { kind: metric, k: 5 } : { kind: metric };
}
