import { useEffect, useState } from 'react';
import type { Evaluation, Split } from '../../../../shared/rpc/contract';
import { host } from '../../../host/client';
import { wordsOf } from '../../../state/failures';

export interface EvaluationState {
  /** Of the weights of this epoch; the one before stays until the next is there. */
  readonly evaluation: Evaluation | null;
  readonly failure: string | null;
  readonly isBusy: boolean;
}

/** A run's weights measured over a part of its data, anew after each epoch. */
export function useEvaluation(runId: string, split: Split, epoch: number): EvaluationState {
  const [state, setState] = useState<EvaluationState>({ evaluation: null, failure: null, isBusy: true });
  useEffect(() => {
    let isWanted = true;
    const show = (next: Partial<EvaluationState>) => isWanted && setState((before) => ({ ...before, ...next }));
    show({ isBusy: true });
    host
      .call('model.evaluate', { runId, split })
      .then((evaluation) => show({ evaluation, failure: null, isBusy: false }))
      .catch((error: unknown) => show({ failure: wordsOf(error), isBusy: false }));
    return () => {
      isWanted = false;
    };
  }, [runId, split, epoch]);
  return state;
}
