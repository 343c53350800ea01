import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '../../shared/rpc/define';
import { settings as settingsSchema, type HostContract, type Settings } from '../../shared/rpc/contract';
import type { Host } from './host';
import { readJsonFile } from './jsonFile';
import { safeSave } from './safeSave';

type SettingsCalls = Pick<Handlers<HostContract>, 'settings.get' | 'settings.set'>;

/** A readable JSON file; what does not fit is left out, field by field, so that one bad line costs one setting. */
export function createSettingsService(host: Host): SettingsCalls {
  const file = join(host.paths.userData, 'settings.json');
  let known: Settings | undefined;
  const read = async (): Promise<Settings> => {
    known ??= tolerant(await readJsonFile(file));
    return known;
  };
  return {
    'settings.get': read,
    'settings.set': async (change) => {
      // Fields that are left out stay; the schema's defaults must not fill them.
      known = { ...(await read()), ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) };
      await mkdir(host.paths.userData, { recursive: true });
      await safeSave(file, `${JSON.stringify(known, null, 2)}\n`);
      return known;
    },
  };
}

function tolerant(value: unknown): Settings {
  if (typeof value !== 'object' || value === null) return settingsSchema.parse({});
  const fitting = Object.entries(value as Record<string, unknown>).filter(
    ([key, field]) => settingsSchema.safeParse({ [key]: field }).success,
  );
  return settingsSchema.parse(Object.fromEntries(fitting));
}
