import { create } from 'zustand';
import { serializeDocument } from '../../shared/document/serialize';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { heatOf, withBlockSums } from '../../shared/infer/heat';
import { structureOf } from '../../shared/infer/structure';
import type { Profile } from '../../shared/rpc/contract';
import { engineWords } from '../../shared/rpc/engineWords';
import { errorWords } from '../../shared/rpc/messages';
import { host } from '../host/client';
import { formatBytes } from '../ui/numbers';
import { useDocument } from './document';
import { useHeat, type HeatSource } from './heat';
import { useSettings } from './settings';

/** Ids of the heat maps of what was measured. */
export const MEASURED_TIME = 'measuredTime';
export const MEASURED_MEMORY = 'measuredMemory';

interface ProfileState {
  readonly state: 'idle' | 'measuring';
  /** What was measured last, of the network as it was then. */
  readonly profile: Profile | null;
  /** What decided the figures of the network that was measured: `structureOf` it. */
  readonly structure: string;
  readonly problem: string | null;
  measure(program: Profile['program'], batchSize: number): Promise<void>;
  /** Ends the measurement; what was measured before stays. */
  stop(): void;
}

/** Time and memory of layers as the engine measured them. */
export const useProfile = create<ProfileState>((set, get) => ({
  state: 'idle',
  profile: null,
  structure: '',
  problem: null,
  async measure(program, batchSize) {
    if (get().state === 'measuring') return;
    const own = (measurement = crypto.randomUUID());
    set({ state: 'measuring', problem: null });
    try {
      const { document, analysis } = useDocument.getState();
      const structure = structureOf(analysis, document);
      const text = serializeDocument(document);
      const { engine } = useSettings.getState();
      const profile = await host.call('engine.profile', { measurementId: own, document: text, program, batchSize, engine });
      if (own !== measurement) return;
      set({ profile, structure });
      for (const source of sourcesOf(profile)) useHeat.getState().offer(source);
    } catch (error) {
      if (own === measurement) set({ problem: errorWords(error) });
    } finally {
      if (own === measurement) set({ state: 'idle' });
    }
  },
  stop() {
    if (get().state === 'idle') return;
    // Its answer is nobody's any more; the engine hears of it when the operation that it measures has ended.
    const own = measurement;
    measurement = '';
    set({ state: 'idle' });
    void host.call('engine.stopProfile', { measurementId: own }).catch(() => undefined);
  },
}));

/** The one that goes on. */
let measurement = '';

/** Whether the network that was measured last was another one than this, but for names and places. */
export function isOldProfile(analysis: NetworkAnalysis): boolean {
  return useProfile.getState().structure !== structureOf(analysis, useDocument.getState().document);
}

/** What was measured is the one document's: another has other layers, some of them under the same names. */
useDocument.subscribe(({ document }, before) => {
  if (document.id === before.document.id) return;
  for (const id of [MEASURED_TIME, MEASURED_MEMORY]) useHeat.getState().withdraw(id);
  useProfile.getState().stop();
  useProfile.setState({ profile: null, problem: null });
});

function sourcesOf(profile: Profile): readonly HeatSource[] {
  const run = profile.program === 'train' ? 'a training step' : 'a prediction';
  const source = (id: string, title: string, meaning: string, figure: 'milliseconds' | 'bytes', label: (value: number) => string) => {
    const rows = profile.rows.flatMap((row) => (row.path === null ? [] : [[row.path, row[figure]] as const]));
    return { id, title, meaning, measure: () => heatOf(withBlockSums(new Map(rows)), label), isOld: isOldProfile };
  };
  const of = `of ${run} of ${profile.batchSize} on ${engineWords(profile.engine)}`;
  return [
    source(MEASURED_TIME, 'Measured time', `Milliseconds ${of}.`, 'milliseconds', formatMilliseconds),
    source(MEASURED_MEMORY, 'Memory at the peak', `What is held when a run takes the most, ${of}.`, 'bytes', formatBytes),
  ];
}

/** Three digits: `0.063 ms`, `1.20 ms`, `340 ms`. */
export function formatMilliseconds(value: number): string {
  const digits = value === 0 || value >= 100 ? 0 : value < 1 ? 3 : value < 10 ? 2 : 1;
  return `${value.toFixed(digits)}\u00a0ms`;
}
