import { useEffect, useRef, useState } from 'react';
import type * as z from 'zod';
import type { CallOutput } from '../../../shared/rpc/define';
import type { HostContract, modelInput } from '../../../shared/rpc/contract';
import { errorWords } from '../../../shared/rpc/messages';
import { host } from '../../host/client';
import { latestOnly, type LatestOnly } from './latestOnly';

export type Prediction = CallOutput<HostContract, 'model.predict'>;
export type ModelInput = z.input<typeof modelInput>;

export interface PredictionState {
  readonly prediction: Prediction | null;
  readonly failure: string | null;
}

interface Question {
  readonly runId: string;
  readonly input: ModelInput;
}

/** Milliseconds without a new point of the pen before the network is asked. */
const REST = 30;

/**
 * What the run's network makes of an input, kept up to date while it is drawn. `weights` names the state of the
 * weights: when it changes, the same input is asked about again.
 */
export function usePrediction(runId: string | undefined, weights: string, input: ModelInput | null): PredictionState {
  const [state, setState] = useState<PredictionState>({ prediction: null, failure: null });
  const latest = useRef<LatestOnly<Question>>(undefined);

  useEffect(() => {
    const asker = latestOnly<Question, Prediction>((question) => host.call('model.predict', question), {
      onAnswer: (prediction) => setState({ prediction, failure: null }),
      onFailure: (error) => setState(({ prediction }) => ({ prediction, failure: errorWords(error) })),
    });
    latest.current = asker;
    return () => asker.end();
  }, []);

  useEffect(() => {
    if (runId === undefined || input === null) return;
    const timer = setTimeout(() => latest.current?.ask({ runId, input }), REST);
    return () => clearTimeout(timer);
  }, [runId, weights, input]);

  return input === null ? { prediction: null, failure: null } : state;
}
