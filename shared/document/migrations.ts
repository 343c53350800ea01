import type { Params } from '../graph/graph';
import { findLayer } from '../layers/index';
import { addLossesAndSchedules } from './migrations/addLossesAndSchedules';
import { addMetricSettings } from './migrations/addMetricSettings';
import type { DocumentMigration } from './migrations/documentMigration';

export type { DocumentMigration };

/** By the version that they lead to. */
export const documentMigrations: Readonly<Record<number, DocumentMigration>> = { 2: addLossesAndSchedules, 3: addMetricSettings };

/** Brings a file of an older version up to `target`, step by step. */
export function migrateEnvelope(
  file: Readonly<Record<string, unknown>>,
  from: number,
  target: number,
  steps: Readonly<Record<number, DocumentMigration>> = documentMigrations,
): Readonly<Record<string, unknown>> {
  let migrated = file;
  for (let version = from + 1; version <= target; version += 1) {
    const step = steps[version];
    if (step) migrated = { ...step.up(migrated), version };
  }
  return migrated;
}

/** Brings a layer's parameters from the version of a file to this program's. */
export function migrateParams(type: string, params: Params, from: number): Params {
  const layer = findLayer(type);
  let migrated: Readonly<Record<string, unknown>> = params;
  for (let version = from + 1; layer && version <= layer.version; version += 1) {
    const step = layer.migrations[version];
    if (step) migrated = step.up(migrated);
  }
  return migrated as Params;
}
