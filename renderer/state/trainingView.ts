import { create } from 'zustand';

interface TrainingView {
  /** The settings that most people leave as they are are shown. */
  readonly showsMore: boolean;
  toggleMore(): void;
}

/** How the training panel was left, as long as the window lives. */
export const useTrainingView = create<TrainingView>((set) => ({
  showsMore: false,
  toggleMore: () => set(({ showsMore }) => ({ showsMore: !showsMore })),
}));
