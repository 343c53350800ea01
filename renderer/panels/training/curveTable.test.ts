import { describe, expect, it } from 'vitest';
import { appendPoints, emptySeries } from '../../state/runSeries';
import { epochsAsCsv, stepsAsCsv } from './curveTable';

describe('the curves of a run for a spreadsheet', () => {
  it('have a line an epoch with every metric, named as Keras’s history names them', () => {
    const first = { epoch: 1, trainLoss: 2.5, trainAccuracy: 0.1, validationLoss: null, validationAccuracy: null, seconds: 3 };
    const second = { ...first, epoch: 2, validationLoss: 2, metrics: { auc: { train: 0.5, validation: 0.75 } }, learningRate: 0.1 };
    expect(epochsAsCsv([first, second]).split('\n')).toEqual([
      'epoch,loss,accuracy,val_loss,val_accuracy,auc,val_auc,learning_rate,seconds',
      '1,2.5,0.1,,,,,,3',
      '2,2.5,0.1,2,,0.5,0.75,0.1,3',
    ]);
  });

  it('have a line a step that was drawn, without what was not measured', () => {
    const series = appendPoints(emptySeries, [
      { step: 1, epoch: 0.5, loss: 2, accuracy: null },
      { step: 2, epoch: 1, loss: 1, accuracy: 0.5 },
    ]);
    expect(stepsAsCsv(series).split('\n')).toEqual(['step,epoch,loss,accuracy', '1,0.5,2,', '2,1,1,0.5']);
  });
});
