import { create } from 'zustand';
import type { SkipDocument } from '../../shared/document/document';
import { serializeDocument } from '../../shared/document/serialize';
import type { NetworkAnalysis, NodePath } from '../../shared/infer/analysis';
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
  /** How far the measurement is, from 0 to 1; null before it has begun. */
  readonly share: number | null;
  /** The network that was measured. */
  readonly measured: MeasuredNetwork | null;
  readonly problem: string | null;
  measure(program: Profile['program'], batchSize: number): Promise<void>;
  /** Ends the measurement; what was measured before stays. */
  stop(): void;
}

/** Of a network that was measured: what decided the figures, and the paths of its layers in their order. */
interface MeasuredNetwork {
  readonly decisive: string;
  readonly order: readonly NodePath[];
}

/** Time and memory of layers as the engine measured them. */
export const useProfile = create<ProfileState>((set, get) => ({
  state: 'idle',
  profile: null,
  share: null,
  measured: null,
  problem: null,
  async measure(program, batchSize) {
    if (get().state === 'measuring') return;
    const own = (measurement = crypto.randomUUID());
    set({ state: 'measuring', share: null, problem: null });
    try {
      const { document, analysis } = useDocument.getState();
      const measured = { decisive: decisiveOf(analysis, document, program), order: analysis.order };
      const text = serializeDocument(document);
      const { engine } = useSettings.getState();
      const profile = await host.call('engine.profile', { measurementId: own, document: text, program, batchSize, engine });
      if (own !== measurement) return;
      set({ profile, measured });
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

host.on('engine.measuring', ({ measurementId, done, total }) => {
  if (measurementId === measurement) useProfile.setState({ share: done / total });
});

/** What decides the figures: the network, and in a training step what the optimizer does with each gradient. */
function decisiveOf(analysis: NetworkAnalysis, document: SkipDocument, program: Profile['program']): string {
  const { learningRate: _, ...optimizer } = document.training.optimizer;
  return JSON.stringify([structureOf(analysis, document), program === 'train' ? optimizer : null]);
}

/** Whether the network that was measured last was another one than this, but for names and places. */
export function isOldProfile(analysis: NetworkAnalysis): boolean {
  const { profile, measured } = useProfile.getState();
  return !profile || measured?.decisive !== decisiveOf(analysis, useDocument.getState().document, profile.program);
}

/** What was measured, by the paths that layers have now: whoever groups them or takes a block apart gives them others. */
export function profileNow(profile: Profile, analysis: NetworkAnalysis): Profile {
  const { measured } = useProfile.getState();
  if (!measured || isOldProfile(analysis)) return profile;
  const paths = new Map(measured.order.map((path, place) => [path, analysis.order[place]]));
  return { ...profile, rows: profile.rows.map((row) => ({ ...row, path: row.path && (paths.get(row.path) ?? row.path) })) };
}

/** What was measured is the one document's: another has other layers, some of them under the same names. */
useDocument.subscribe(({ document }, before) => {
  if (document.id === before.document.id) return;
  for (const id of [MEASURED_TIME, MEASURED_MEMORY]) useHeat.getState().withdraw(id);
  useProfile.getState().stop();
  useProfile.setState({ profile: null, measured: null, problem: null });
});

function sourcesOf(profile: Profile): readonly HeatSource[] {
  const run = profile.program === 'train' ? 'a training step' : 'a prediction';
  const source = (id: string, title: string, meaning: string, figure: 'milliseconds' | 'bytes', label: (value: number) => string) => {
    const rows = (analysis: NetworkAnalysis) =>
      profileNow(profile, analysis).rows.flatMap((row) => (row.path === null ? [] : [[row.path, row[figure]] as const]));
    const measure = (analysis: NetworkAnalysis) => heatOf(withBlockSums(new Map(rows(analysis))), label);
    return { id, title, meaning, measure, isOld: isOldProfile };
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
