import * as z from 'zod';
import { defineSchedule } from './_define';

/** Smaller whenever the validation loss does not get better. */
export const plateau = defineSchedule({
  kind: 'plateau',
  title: 'Reduce on plateau',
  summary: 'Smaller whenever the validation loss has not become better for some epochs',
  formula: 'rate · factor for each plateau',
  keras: 'ReduceLROnPlateau',
  torch: 'ReduceLROnPlateau',
  note: 'The least change is absolute, as in Keras; PyTorch’s threshold is relative.',
  settings: z.strictObject({
    kind: z.literal('plateau'),
    factor: z
      .number()
      .positive()
      .lt(1)
      .default(0.1)
      .meta({ description: 'What the rate is multiplied with each time', step: 0.05, torch: 'factor' }),
    patience: z
      .int()
      .min(1)
      .max(100_000)
      .default(10)
      .meta({ description: 'Epochs without an improvement before that', unit: 'epochs', torch: 'patience' }),
    minDelta: z
      .number()
      .min(0)
      .max(1e6)
      .default(1e-4)
      .meta({ description: 'What counts as an improvement', step: 0.0001, torch: 'threshold' }),
    cooldown: z
      .int()
      .min(0)
      .max(100_000)
      .default(0)
      .meta({ description: 'Epochs that are not counted after a reduction', torch: 'cooldown' }),
    minimum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ description: 'The rate does not go below this share of what was set', step: 0.001 }),
  }),
  // What it does depends on the losses: see PlateauState.
  share: () => 1,
});

/** What a plateau is seen by; goes along with a checkpoint. */
export interface PlateauState {
  readonly share: number;
  readonly best: number | null;
  readonly wait: number;
  readonly cooldown: number;
}

export const plateauStart: PlateauState = { share: 1, best: null, wait: 0, cooldown: 0 };

type PlateauSettings = z.output<typeof plateau.settings>;

/** The state after one more epoch, as Keras's callback has it. A loss that is no number is no improvement. */
export function afterEpoch(state: PlateauState, settings: PlateauSettings, validationLoss: number): PlateauState {
  const cooldown = Math.max(0, state.cooldown - 1);
  const wait = state.cooldown > 0 ? 0 : state.wait;
  if (validationLoss < (state.best ?? Infinity) - settings.minDelta) return { ...state, best: validationLoss, wait: 0, cooldown };
  if (cooldown > 0) return { ...state, wait, cooldown };
  if (wait + 1 < settings.patience) return { ...state, wait: wait + 1, cooldown };
  const share = Math.max(settings.minimum, state.share * settings.factor);
  return { ...state, share, wait: 0, cooldown: settings.cooldown };
}
