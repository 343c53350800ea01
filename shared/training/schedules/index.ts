import * as z from 'zod';
import { finderOf, listOf, settingsOf } from '../choice';
import type { ScheduleDefinition, TrainingTime } from './_define';
import { plateau } from './plateau';
import { constant, exponential, polynomial, step } from './steps';
import { cosine, oneCycle } from './waves';

/** Every schedule there is. A new one is an entry of a file and a line here. */
const table = [constant, cosine, oneCycle, step, exponential, polynomial, plateau] as const;

/** How the learning rate goes, as documents and requests have it. */
export const scheduleSettings = z.discriminatedUnion('kind', settingsOf(table));
export type ScheduleSettings = Readonly<z.output<typeof scheduleSettings>>;
export type ScheduleKind = ScheduleSettings['kind'];

/** Every schedule with its words, for lists. */
export const schedules = listOf<ScheduleDefinition<z.ZodType<ScheduleSettings>>>(table);

/** The schedule of a kind. */
export const scheduleOf = finderOf(schedules);

/** The learning rate of a step; a plateau's share comes on top. */
export function rateAt(schedule: ScheduleSettings, rate: number, time: TrainingTime): number {
  return rate * scheduleOf(schedule.kind).share(schedule, time);
}
