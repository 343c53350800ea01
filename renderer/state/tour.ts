import { create } from 'zustand';

interface TourState {
  /** The step that is shown; null: no tour. */
  readonly step: number | null;
  start(): void;
  go(step: number): void;
  leave(): void;
}

export const useTour = create<TourState>((set) => ({
  step: null,
  start: () => set({ step: 0 }),
  go: (step) => set({ step }),
  leave: () => set({ step: null }),
}));
