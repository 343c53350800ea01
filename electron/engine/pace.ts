import type { TrainingRequest } from '../../shared/rpc/contract';
import { rateAt } from '../../shared/training/schedules/index';
import { afterEpoch, plateauStart, type PlateauState } from '../../shared/training/schedules/plateau';
import type { StepSettings } from './backend';

/** What changes from step to step of a run, and what of it lives on. */
export interface Pace {
  settings(step: number): StepSettings;
  /** The validation loss of an epoch, which a plateau is seen by. */
  epochEnded(validationLoss: number): void;
  plateau(): PlateauState;
}

/** The learning rate, the steps that only add gradients up, and the weight of the averages, from the step's number alone. */
export function createPace(request: TrainingRequest, stepsPerEpoch: number, start: PlateauState = plateauStart): Pace {
  const { seed, epochs, optimizer, schedule = { kind: 'constant' } } = request;
  const { gradientAccumulationSteps: group = 1, emaMomentum = null } = optimizer;
  const totalSteps = stepsPerEpoch * epochs;
  let plateau = start;
  return {
    settings(step) {
      const learningRate = plateau.share * rateAt(schedule, optimizer.learningRate, { step, totalSteps, stepsPerEpoch });
      const accumulates = group > 1 && (step + 1) % group !== 0;
      return {
        learningRate,
        seed: [seed, step],
        ...(accumulates ? { accumulates } : {}),
        // The first step of all is where the average starts.
        ...(emaMomentum === null ? {} : { averageMomentum: step < group ? 0 : emaMomentum }),
      };
    },
    epochEnded(validationLoss) {
      if (schedule.kind === 'plateau') plateau = afterEpoch(plateau, schedule, validationLoss);
    },
    plateau: () => plateau,
  };
}
