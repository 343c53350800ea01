import type * as z from 'zod';

/** Something that people choose by name – an optimizer, a loss, a schedule – with its settings and its words. */
export interface Choice<S extends z.ZodType = z.ZodType> {
  /** Key in documents, Keras's word in camel case; never changes after a release. */
  readonly kind: string;
  readonly title: string;
  /** What it does, in a sentence without a full stop. */
  readonly summary: string;
  readonly formula: string;
  /** Its name in Keras. */
  readonly keras: string;
  /** Its name in PyTorch. */
  readonly torch: string;
  /** How those differ from ours, in sentences. */
  readonly note?: string;
  /** An object with `kind` and the rest of the settings. */
  readonly settings: S;
}

type SettingsOf<T extends readonly Choice[]> = { readonly [K in keyof T]: T[K]['settings'] };

/** The settings of every choice of a table, for a union by `kind`. */
export function settingsOf<const T extends readonly Choice[]>(table: T): SettingsOf<T> {
  return table.map(({ settings }) => settings) as unknown as SettingsOf<T>;
}

type Settled = Choice<z.ZodType<{ readonly kind: string }>>;
type KindOf<D extends Settled> = z.output<D['settings']>['kind'];
type Listed<D extends Settled> = D & { readonly kind: KindOf<D> };

/** The choices of a table with the kinds that their settings have, for lists; D is the definition over all of these settings. */
export function listOf<D extends Settled>(table: readonly D[]): readonly Listed<D>[] {
  return table;
}

/** What gives the choice of a kind; each kind of the settings is in the list. */
export function finderOf<D extends Choice>(list: readonly D[]): (kind: D['kind']) => D {
  return (kind) => list.find((definition) => definition.kind === kind) as D;
}
