import { serializeDocument } from '../../shared/document/serialize';
import type { SkipDocument } from '../../shared/document/document';
import type { EngineName, TrainingRequest } from '../../shared/rpc/contract';
import { useConnection } from '../host/client';
import { useDatasets } from './datasets';
import { useDocument } from './document';
import { fitToData, type DataFit } from './fitData';
import { activeRun, useRuns } from './runs';
import { useSettings } from './settings';
import { canMeasure, canTrain } from './trainable';

/** True, or why training cannot start now; the same words on every button, menu and palette entry. */
export function trainability(): true | string {
  return canTrain({ ...conditionsNow(), hasActiveRun: hasActiveRun() });
}

/** True, or why the time of layers cannot be measured now. */
export function measurability(): true | string {
  return canMeasure({ ...conditionsNow(), hasActiveRun: hasActiveRun() });
}

function hasActiveRun(): boolean {
  return useRuns.getState().isStarting || activeRun(useRuns.getState()) !== undefined;
}

/** The same as a hook: renders anew only when the words change, whichever store they changed with. */
export function useTrainability(): true | string {
  useDatasets(trainability);
  useConnection(trainability);
  useSettings(trainability);
  useRuns(trainability);
  return useDocument(trainability);
}

/** What would make the network fit its data, where it does not; undefined where nothing would, or nothing has to. */
export function dataFit(): DataFit | undefined {
  const { document, analysis, datasets } = conditionsNow();
  const dataset = datasets?.find(({ id }) => id === document.data.dataset);
  if (known?.document === document && known.analysis === analysis && known.dataset === dataset) return known.fit;
  const fit = dataset && fitToData(document, analysis, dataset);
  known = { document, analysis, dataset, fit };
  return fit;
}

/** The last answer: it infers the changed network, and the palette, a menu and the command itself ask one after the other. */
let known: (Pick<ReturnType<typeof conditionsNow>, 'document' | 'analysis'> & { dataset: unknown; fit: DataFit | undefined }) | undefined;

/** Starts a run of the document as it is, saved or not. */
export async function startTraining(): Promise<void> {
  if (trainability() !== true) return;
  const { document, file, title } = useDocument.getState();
  await useRuns.getState().start({
    document: serializeDocument(document),
    documentName: file?.name ?? title,
    handle: file?.handle ?? null,
    request: trainingRequestOf(document, useSettings.getState().engine),
  });
}

/** How a document wants to be trained, in the words of the contract. */
export function trainingRequestOf({ training, data }: SkipDocument, engine: EngineName | null): TrainingRequest {
  const { epochs, batchSize, seed, optimizer, schedule } = training;
  return { dataset: data.dataset ?? '', epochs, batchSize, seed, engine, optimizer, schedule };
}

function conditionsNow() {
  const { document, analysis } = useDocument.getState();
  const { status, info } = useConnection.getState();
  return {
    document,
    analysis,
    datasets: useDatasets.getState().datasets,
    engines: info?.engines ?? [],
    engine: useSettings.getState().engine,
    isConnected: status === 'connected',
  };
}
