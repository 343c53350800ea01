import { useEffect, useState } from 'react';
import { serializeDocument } from '../../../../shared/document/serialize';
import type { RatePoint } from '../../../../shared/training/rateTest';
import { errorWords } from '../../../../shared/rpc/messages';
import { host } from '../../../host/client';
import { useDocument } from '../../../state/document';
import { useSettings } from '../../../state/settings';
import { trainingRequestOf } from '../../../state/training';

/** A test of rates as far as it is. */
export interface RatesState {
  readonly points: readonly RatePoint[];
  readonly status: 'going' | 'whole' | 'stopped' | 'failed';
  readonly failure: string | null;
}

/** The test of the document as it was when the dialog was opened; closing the dialog ends it, `stop` ends it and keeps what was found. */
export function useRates(): RatesState & { stop(): void } {
  const [state, setState] = useState<RatesState>({ points: [], status: 'going', failure: null });
  const [testId] = useState(() => crypto.randomUUID());
  const stop = () => void host.call('runs.stopRates', { testId }).catch(() => undefined);
  useEffect(() => {
    let isWanted = true;
    const { document } = useDocument.getState();
    const request = trainingRequestOf(document, useSettings.getState().engine);
    const leave = host.on('runs.rate', (told) => {
      if (told.testId === testId)
        setState((before) => (before.status === 'going' ? { ...before, points: [...before.points, told.point] } : before));
    });
    host
      .call('runs.rates', { testId, document: serializeDocument(document), request })
      .then(({ points, stopped }) => isWanted && setState({ points, status: stopped ? 'stopped' : 'whole', failure: null }))
      // What was found before stays to be seen.
      .catch((error: unknown) => isWanted && setState((before) => ({ ...before, status: 'failed', failure: errorWords(error) })));
    return () => {
      isWanted = false;
      leave();
      void host.call('runs.stopRates', { testId }).catch(() => undefined);
    };
  }, [testId]);
  return { ...state, stop };
}
