import { access, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '../../shared/rpc/define';
import { settings as settingsSchema, type HostContract, type Settings } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Host } from './host';
import { safeSave } from './safeSave';
import { readSettings, type ReadSettings, type SettingsProblem } from './settingsText';

type SettingsCalls = Pick<Handlers<HostContract>, 'settings.get' | 'settings.set' | 'settings.file' | 'settings.reveal'>;

const EMPTY = '{}\n';

type Found = ReadSettings & { readonly settings: Settings };

/**
 * A readable JSON file that people may edit by hand, also while the program runs: it is read again at each question and
 * before each change. What does not fit costs its own setting only, and stays in the file until it is set anew.
 */
export function createSettingsService(host: Host, onSettings: (settings: Settings) => void = () => undefined): SettingsCalls {
  const file = join(host.paths.userData, 'settings.json');
  /** Told until the program ends: the file itself is no longer there to tell it. */
  let keptAside: SettingsProblem | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  /** Hold while the file is damaged: somebody may be in the middle of editing it. */
  let lastGood = settingsSchema.parse({});

  async function read(): Promise<Found> {
    const found = readSettings(await textOf(file));
    if (found.kind === 'damaged') return { ...found, settings: lastGood };
    lastGood = found.settings;
    onSettings(lastGood);
    return found;
  }

  /** What the file holds, to be written again with a change. A damaged file is first moved out of the way, never written over. */
  async function rawToChange(): Promise<Readonly<Record<string, unknown>>> {
    const found = await read();
    if (found.kind === 'read') return found.raw;
    const aside = await moveAside(file);
    keptAside = { field: null, message: `${found.message} It is kept as ${aside}.` };
    return changed(lastGood);
  }

  async function write(raw: Readonly<Record<string, unknown>>): Promise<void> {
    await mkdir(host.paths.userData, { recursive: true });
    await safeSave(file, `${JSON.stringify(raw, null, 2)}\n`);
  }

  /** One after the other: a change that read the file before another one wrote it would take that one back. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const own = turn.then(act, act);
    turn = own.catch(() => undefined);
    return own;
  }

  return {
    'settings.get': () => inTurn(async () => (await read()).settings),
    'settings.set': (change) =>
      inTurn(async (): Promise<Settings> => {
        const raw = await rawToChange();
        // Fields that are left out stay; the schema's defaults must not fill them.
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        await write({ ...raw, ...given });
        const next = settingsSchema.parse({ ...lastGood, ...given });
        lastGood = next;
        onSettings(next);
        return next;
      }),
    'settings.file': () =>
      inTurn(async () => {
        const found = await read();
        const own =
          found.kind === 'read'
            ? found.problems
            : [{ field: null, message: `${found.message} Until it is mended, the settings from before hold.` }];
        return { path: file, problems: keptAside ? [keptAside, ...own] : [...own] };
      }),
    'settings.reveal': () =>
      inTurn(async () => {
        if (host.kind === 'web') throw new RpcError('E_NO_FILE_MANAGER', `A browser opens no folders. The settings are in ${file}.`);
        if (!(await exists(file))) await write({});
        host.reveal(file);
        return {};
      }),
  };
}

/** The settings that are not as they come. */
function changed(settings: Settings): Readonly<Record<string, unknown>> {
  const defaults: Readonly<Record<string, unknown>> = settingsSchema.parse({});
  return Object.fromEntries(Object.entries(settings).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(defaults[field])));
}

/** Empty settings where there is no file. One that is there and cannot be read must not be taken for none: it would be replaced. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY;
    throw new RpcError('E_SETTINGS', `The settings could not be read: ${(error as Error).message}`, `Look at ${file}.`);
  }
}

/** Under a name that is free, so that no damaged file takes an earlier one's place. Returns the name. */
async function moveAside(file: string): Promise<string> {
  let name = 'settings.damaged.json';
  const folder = join(file, '..');
  for (let number = 2; await exists(join(folder, name)); number += 1) name = `settings.damaged-${number}.json`;
  await rename(file, join(folder, name));
  return name;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
