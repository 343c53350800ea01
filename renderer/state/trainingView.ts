import { create } from 'zustand';

interface TrainingView {
  /** The settings that most people leave as they are are shown. */
  readonly showsMore: boolean;
  toggleMore(): void;
  /** The metric that is drawn beside the loss, by the name under which it was measured. */
  readonly metric: string;
  showMetric(metric: string): void;
}

/** How the training panel was left, as long as the window lives. */
export const useTrainingView = create<TrainingView>((set) => ({
  showsMore: false,
  metric: 'accuracy',
  showMetric: (metric) => set({ metric }),
  toggleMore: () => set(({ showsMore }) => ({ showsMore: !showsMore })),
}));
