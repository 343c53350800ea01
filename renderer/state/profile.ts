import { create } from 'zustand';
import { serializeDocument } from '../../shared/document/serialize';
import { heatOf, withBlockSums } from '../../shared/infer/heat';
import type { Profile } from '../../shared/rpc/contract';
import { host } from '../host/client';
import { formatBytes } from '../ui/numbers';
import { useDocument } from './document';
import { wordsOf } from './failures';
import { useHeat, type HeatSource } from './heat';
import { useSettings } from './settings';

/** Ids of the heat maps of what was measured. */
export const MEASURED_TIME = 'measuredTime';
const MEASURED_MEMORY = 'measuredMemory';

interface ProfileState {
  readonly state: 'idle' | 'measuring';
  /** What was measured last, of the network as it was then. */
  readonly profile: Profile | null;
  readonly problem: string | null;
  measure(program: Profile['program'], batchSize: number): Promise<void>;
}

/** Time and memory of layers as the engine measured them. */
export const useProfile = create<ProfileState>((set, get) => ({
  state: 'idle',
  profile: null,
  problem: null,
  async measure(program, batchSize) {
    if (get().state === 'measuring') return;
    set({ state: 'measuring', problem: null });
    try {
      const { document } = useDocument.getState();
      const text = serializeDocument(document);
      const profile = await host.call('engine.profile', { document: text, program, batchSize, engine: useSettings.getState().engine });
      // Of a document that was closed meanwhile nobody wants it any more.
      if (useDocument.getState().document.id !== document.id) return;
      for (const source of sourcesOf(profile)) useHeat.getState().offer(source);
      set({ profile });
    } catch (error) {
      set({ problem: wordsOf(error) });
    } finally {
      set({ state: 'idle' });
    }
  },
}));

/** What was measured is the one document's: another has other layers, some of them under the same names. */
useDocument.subscribe(({ document }, before) => {
  if (document.id === before.document.id) return;
  for (const id of [MEASURED_TIME, MEASURED_MEMORY]) useHeat.getState().withdraw(id);
  useProfile.setState({ profile: null, problem: null });
});

function sourcesOf(profile: Profile): readonly HeatSource[] {
  const run = profile.program === 'train' ? 'a training step' : 'a prediction';
  const source = (id: string, title: string, meaning: string, figure: 'milliseconds' | 'bytes', label: (value: number) => string) => {
    const rows = profile.rows.flatMap((row) => (row.path === null ? [] : [[row.path, row[figure]] as const]));
    return { id, title, meaning, measure: () => heatOf(withBlockSums(new Map(rows)), label) };
  };
  const of = `of ${run} of ${profile.batchSize} on ${profile.engine}`;
  return [
    source(MEASURED_TIME, 'Measured time', `Milliseconds ${of}.`, 'milliseconds', formatMilliseconds),
    source(MEASURED_MEMORY, 'Memory at the peak', `What is held when a run takes the most, ${of}.`, 'bytes', formatBytes),
  ];
}

/** `0.12 ms`, `340 ms` */
export function formatMilliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
}
