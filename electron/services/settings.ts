import { access, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '../../shared/rpc/define';
import { settings as settingsSchema, type HostContract, type Settings } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Host } from './host';
import { safeSave } from './safeSave';
import { readSettings, type SettingsProblem } from './settingsText';

type SettingsCalls = Pick<Handlers<HostContract>, 'settings.get' | 'settings.set' | 'settings.file' | 'settings.reveal'>;

const EMPTY = '{}\n';

/**
 * A readable JSON file that people may edit by hand, also while the program runs: it is read again at each question and
 * before each change. What does not fit costs its own setting only, and stays in the file until it is set anew.
 */
export function createSettingsService(host: Host, onSettings: (settings: Settings) => void = () => undefined): SettingsCalls {
  const file = join(host.paths.userData, 'settings.json');
  /** Told until the program ends: the file itself is no longer there to tell it. */
  let keptAside: SettingsProblem | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function read() {
    const found = readSettings(await readFile(file, 'utf8').catch(() => EMPTY));
    if (found.kind === 'read') {
      onSettings(found.settings);
      return found;
    }
    const aside = await moveAside(file);
    keptAside = { field: null, message: `${found.message} It is kept as ${aside}; the defaults are used.` };
    return readSettings(EMPTY) as Extract<ReturnType<typeof readSettings>, { kind: 'read' }>;
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
        const { raw, settings } = await read();
        // Fields that are left out stay; the schema's defaults must not fill them.
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        await write({ ...raw, ...given });
        const next = settingsSchema.parse({ ...settings, ...given });
        onSettings(next);
        return next;
      }),
    'settings.file': () =>
      inTurn(async () => {
        const { problems } = await read();
        return { path: file, problems: keptAside ? [keptAside, ...problems] : [...problems] };
      }),
    'settings.reveal': () =>
      inTurn(async () => {
        if (host.kind === 'web') throw new RpcError('E_NO_FILE_MANAGER', `A browser opens no folders. The settings are in ${file}.`);
        const { raw } = await read();
        if (!(await exists(file))) await write(raw);
        host.reveal(file);
        return {};
      }),
  };
}

/** Under a name that is free, so that no damaged file takes an earlier one's place. Returns the name. */
async function moveAside(file: string): Promise<string> {
  let name = 'settings.damaged.json';
  const folder = join(file, '..');
  for (let number = 2; await exists(join(folder, name)); number += 1) name = `settings.damaged-${number}.json`;
  await rename(file, join(folder, name)).catch(() => undefined);
  return name;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
