import * as z from 'zod';
import { finderOf, listOf, settingsOf } from '../choice';
import type { OptimizerDefinition } from './_define';
import { adadelta, adagrad } from './adagrad';
import { adam, adamW, amsgrad } from './adam';
import { adamax } from './adamax';
import { lion } from './lion';
import { nadam } from './nadam';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** Every optimizer there is; the common ones first. A new one is a file and a line here. */
const table = [adam, adamW, sgd, rmsprop, nadam, adamax, amsgrad, adagrad, adadelta, lion] as const;

/** How weights follow their gradients, as documents and requests have it. */
export const optimizerSettings = z.discriminatedUnion('kind', settingsOf(table));
export type OptimizerSettings = Readonly<z.output<typeof optimizerSettings>>;
export type OptimizerKind = OptimizerSettings['kind'];

/** Every optimizer with its words, for lists. */
export const optimizers = listOf<OptimizerDefinition<z.ZodType<OptimizerSettings>>>(table);

/** The optimizer of a kind. */
export const optimizerOf = finderOf(optimizers);
