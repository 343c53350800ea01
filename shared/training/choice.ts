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
