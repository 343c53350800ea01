import type * as z from 'zod';
import type { Choice } from '../choice';

/** Where a training is. Epochs are counted with their fractions: 1.5 is the middle of the second. */
export interface TrainingTime {
  /** The number of the step, from 0 on. */
  readonly step: number;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
}

/** How the learning rate goes: a share of the rate that was set, at every step. */
export interface ScheduleDefinition<S extends z.ZodType = z.ZodType> extends Choice<S> {
  share(settings: z.output<S>, time: TrainingTime): number;
}

/** Checks a schedule's definition at compile time. */
export function defineSchedule<S extends z.ZodType>(definition: ScheduleDefinition<S>): ScheduleDefinition<S> {
  return definition;
}

/** From 1 down to 0 along half a cosine, for x from 0 to 1. */
export function halfCosine(x: number): number {
  return (1 + Math.cos(Math.PI * Math.min(1, Math.max(0, x)))) / 2;
}
