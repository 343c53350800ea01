import { useMemo } from 'react';
import { settlingNote } from '../../../shared/training/settlingNote';
import { useDatasets } from '../../state/datasets';
import { useDocument } from '../../state/document';

/** That the training is too short for batch normalizations, before it is started; nothing where it is long enough. */
export function SettlingLine() {
  const analysis = useDocument((state) => state.analysis);
  const dataset = useDocument((state) => state.document.data.dataset);
  const { epochs, batchSize } = useDocument((state) => state.document.training);
  const samples = useDatasets(({ datasets }) => datasets?.find(({ id }) => id === dataset)?.counts.train);
  const note = useMemo(
    () => (samples ? settlingNote(analysis, { batchesPerEpoch: Math.ceil(samples / batchSize), epochs }) : undefined),
    [analysis, samples, batchSize, epochs],
  );
  return note === undefined ? null : <p className="text-sm text-warning-text">{note}</p>;
}
