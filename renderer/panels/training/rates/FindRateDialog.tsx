import { useEffect, useState } from 'react';
import { serializeDocument } from '../../../../shared/document/serialize';
import { optimizerOf } from '../../../../shared/training/optimizers/index';
import { suggestedRate, type RatePoint } from '../../../../shared/training/rateTest';
import { host } from '../../../host/client';
import { useDocument } from '../../../state/document';
import { wordsOf } from '../../../state/failures';
import { useSession } from '../../../state/session';
import { useSettings } from '../../../state/settings';
import { trainingRequestOf } from '../../../state/training';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { formatNumber } from '../../../ui/NumberField';
import { Spinner } from '../../../ui/Spinner';
import { FailureNote } from '../../runs/FailureNote';
import { withOptimizer } from '../trainingEdits';
import { RateCurve } from './RateCurve';

/** Tries learning rates on a few batches and suggests one; taking it is one step of the history. */
export function FindRateDialog() {
  const { closeDialog } = useSession.getState();
  const optimizer = useDocument((state) => state.document.training.optimizer);
  const { points, failure } = useRates();
  const suggested = points === null ? null : suggestedRate(points);
  const apply = (rate: number) => {
    useDocument.getState().edit('Change learning rate', withOptimizer({ learningRate: rate }), 'record');
    closeDialog();
  };
  return (
    <Dialog
      title="Find a learning rate"
      description={`The rate grows from step to step, from the first weights of a training with ${optimizerOf(optimizer.kind).title}. Nothing of it is kept.`}
      size="medium"
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>{points === null ? 'Stop' : 'Close'}</Button>
          {suggested !== null && (
            <Button variant="primary" onClick={() => apply(suggested)}>
              Use {formatNumber(suggested)}
            </Button>
          )}
        </>
      }
    >
      <FailureNote message={failure} />
      {points === null ? failure === null && <Trying /> : <Found points={points} suggested={suggested} current={optimizer.learningRate} />}
    </Dialog>
  );
}

function Trying() {
  return (
    <p className="flex items-center gap-2 py-8 text-secondary">
      <Spinner label="Trying rates" /> At most a hundred steps.
    </p>
  );
}

interface FoundProps {
  readonly points: readonly RatePoint[];
  readonly suggested: number | null;
  readonly current: number;
}

function Found({ points, suggested, current }: FoundProps) {
  return (
    <>
      <RateCurve points={points} suggested={suggested} current={current} />
      <p role="status" className="pt-2">
        {suggested === null
          ? 'At no rate does the loss fall. Look at the data, the loss and the network first.'
          : `The loss falls fastest at ${formatNumber(suggested)}. The document has ${formatNumber(current)}.`}
      </p>
    </>
  );
}

/** The test of the document as it was when the dialog was opened; closing the dialog ends it. */
function useRates(): { readonly points: readonly RatePoint[] | null; readonly failure: string | null } {
  const [state, setState] = useState<ReturnType<typeof useRates>>({ points: null, failure: null });
  useEffect(() => {
    let isWanted = true;
    const { document } = useDocument.getState();
    const request = trainingRequestOf(document, useSettings.getState().engine);
    host
      .call('runs.rates', { document: serializeDocument(document), request })
      .then(({ points }) => isWanted && setState({ points, failure: null }))
      .catch((error: unknown) => isWanted && setState({ points: null, failure: wordsOf(error) }));
    return () => {
      isWanted = false;
      void host.call('runs.stopRates', {}).catch(() => undefined);
    };
  }, []);
  return state;
}
