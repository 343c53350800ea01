import { useEffect, useState } from 'react';
import type { Evaluation, Split } from '../../../../shared/rpc/contract';
import { errorWords } from '../../../../shared/rpc/messages';
import { host } from '../../../host/client';

export interface EvaluationState {
  /** Of the weights of this epoch; the one before stays until the next is there. */
  readonly evaluation: Evaluation | null;
  readonly failure: string | null;
  readonly isBusy: boolean;
}

const measuring: EvaluationState = { evaluation: null, failure: null, isBusy: true };

/** A run's weights measured over a part of its data, anew after each epoch. */
export function useEvaluation(runId: string, split: Split, epoch: number): EvaluationState {
  const [state, setState] = useState<EvaluationState & { readonly split: Split }>({ ...measuring, split });
  useEffect(() => {
    let isWanted = true;
    const show = (next: (before: EvaluationState) => EvaluationState) =>
      isWanted && setState((before) => ({ ...next(before.split === split ? before : measuring), split }));
    show((before) => ({ ...before, isBusy: true }));
    host
      .call('model.evaluate', { runId, split })
      .then((evaluation) => show(() => ({ evaluation, failure: null, isBusy: false })))
      .catch((error: unknown) => show((before) => ({ ...before, failure: errorWords(error), isBusy: false })));
    return () => {
      isWanted = false;
    };
  }, [runId, split, epoch]);
  // Numbers of another part of the data are never shown under this one's name.
  return state.split === split ? state : measuring;
}
