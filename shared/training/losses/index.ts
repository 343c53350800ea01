import * as z from 'zod';
import { finderOf, listOf, settingsOf } from '../choice';
import type { LossDefinition } from './_define';
import { binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy } from './crossentropy';
import { binaryFocalCrossentropy, categoricalFocalCrossentropy } from './focal';
import { categoricalHinge, cosineSimilarity, dice, hinge } from './margin';
import { huber, meanAbsoluteError, meanSquaredError } from './regression';

/** Every loss there is; the common ones first. A new one is an entry of a file and a line here. */
const table = [
  sparseCategoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  binaryFocalCrossentropy,
  meanAbsoluteError,
  huber,
  hinge,
  categoricalHinge,
  cosineSimilarity,
  dice,
] as const;

/** What an output learns by, as documents have it. */
export const lossSettings = z.discriminatedUnion('kind', settingsOf(table));
export type LossSettings = Readonly<z.output<typeof lossSettings>>;
export type LossKind = LossSettings['kind'];

/** Every loss with its words, for lists. */
export const losses = listOf<LossDefinition<z.ZodType<LossSettings>>>(table);

/** The loss of a kind. */
export const lossOf = finderOf(losses);

/** What an output learns by where nothing is said: the cross-entropy with class indices. */
export const defaultLoss: LossSettings = lossSettings.parse({ kind: 'sparseCategoricalCrossentropy' });
