import type { DocumentMigration } from './documentMigration';

/**
 * Version 2 knows more than one loss. What version 1 called `categoricalCrossentropy` took class indices, which is Keras's
 * sparse one. The learning rate was constant, and accuracy was what was measured.
 */
export const addLossesAndSchedules: DocumentMigration = {
  name: 'addLossesAndSchedules',
  up(file) {
    const training = file['training'];
    if (!isRecord(training)) return file;
    const objectives = training['objectives'];
    return {
      ...file,
      training: {
        ...training,
        schedule: { kind: 'constant' },
        metrics: ['accuracy'],
        objectives: Array.isArray(objectives) ? objectives.map(withLossSettings) : objectives,
      },
    };
  },
};

function withLossSettings(objective: unknown): unknown {
  if (!isRecord(objective) || objective['loss'] !== 'categoricalCrossentropy') return objective;
  return { ...objective, loss: { kind: 'sparseCategoricalCrossentropy', from: 'auto', labelSmoothing: 0, classWeights: null } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
