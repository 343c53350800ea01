import { useEffect, useState } from 'react';
import { serializeDocument } from '../../../shared/document/serialize';
import type { MemoryNeed } from '../../../shared/rpc/contract';
import { host } from '../../host/client';
import { useDocument } from '../../state/document';
import { useSettings } from '../../state/settings';
import { trainingRequestOf, useTrainability } from '../../state/training';
import { formatBytes } from '../../ui/numbers';

/** Milliseconds without an edit after which a network is looked at; compiling it keeps a core busy for a second or two. */
const IDLE = 800;

/** What a training step takes of the memory, before it is started; the host compiles the network meanwhile. */
export function MemoryLine() {
  const need = useMemoryNeed();
  if (!need) return null;
  const isTooMuch = need.needed > need.free;
  return (
    <p className={`text-sm ${isTooMuch ? 'text-warning-text' : 'text-secondary'}`}>
      A step takes about <span className="font-mono">{formatBytes(need.needed)}</span> of memory;{' '}
      <span className="font-mono">{formatBytes(need.free)}</span> are free.
      {isTooMuch && (need.fittingBatch > 0 ? ` A batch of ${need.fittingBatch} fits.` : ' Not even a batch of 1 fits.')}
    </p>
  );
}

function useMemoryNeed(): MemoryNeed | undefined {
  const document = useDocument((state) => state.document);
  const engine = useSettings((state) => state.engine);
  const canTrain = useTrainability() === true;
  const [need, setNeed] = useState<MemoryNeed>();
  useEffect(() => {
    if (!canTrain) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      host
        .call('runs.prepare', { document: serializeDocument(document), request: trainingRequestOf(document, engine) })
        .then((answer) => isCurrent && setNeed(answer))
        .catch(() => isCurrent && setNeed(undefined));
    }, IDLE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [document, engine, canTrain]);
  return canTrain ? need : undefined;
}
