import { create } from 'zustand';

interface TrainingView {
  /** The settings that most people leave as they are are shown. */
  readonly showsMore: boolean;
  toggleMore(): void;
  /** The metric that is drawn beside the loss, by the name under which it was measured. */
  readonly metric: string;
  showMetric(metric: string): void;
  /** Share of the past in the training curve, from 0: as it was measured. */
  readonly smoothing: number;
  smoothBy(smoothing: number): void;
  /** Losses are drawn by powers of ten. */
  readonly isLog: boolean;
  drawLog(isLog: boolean): void;
  /** The run that stands out among those that are compared: the one pointed at. */
  readonly pointedRun: string | null;
  pointAt(runId: string | null): void;
}

/** How the training panel was left, as long as the window lives. */
export const useTrainingView = create<TrainingView>((set) => ({
  showsMore: false,
  metric: 'accuracy',
  showMetric: (metric) => set({ metric }),
  smoothing: 0,
  smoothBy: (smoothing) => set({ smoothing }),
  isLog: false,
  drawLog: (isLog) => set({ isLog }),
  pointedRun: null,
  pointAt: (pointedRun) => set({ pointedRun }),
  toggleMore: () => set(({ showsMore }) => ({ showsMore: !showsMore })),
}));
