/** A step from version k − 1 of the envelope to k, under key k. A verb; never edited after a release. */
export interface DocumentMigration {
  readonly name: string;
  up(file: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}
