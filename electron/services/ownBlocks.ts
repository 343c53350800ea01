import { mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readBlockFile } from '../../shared/blocks/library/blockFile';
import { EXTENSION } from '../../shared/document/extension';
import type { HostContract } from '../../shared/rpc/contract';
import type { Handlers } from '../../shared/rpc/define';
import { RpcError, toErrorShape } from '../../shared/rpc/messages';
import type { Host } from './host';
import type { Hub } from './hub';
import { readRegularFile } from './readFile';
import { safeSave } from './safeSave';

type OwnBlockCalls = Pick<Handlers<HostContract>, 'blocks.list' | 'blocks.keep' | 'blocks.remove'>;

/** More than anybody finds anything in. */
const MAX_BLOCKS = 500;
const MAX_BYTES = 1024 * 1024;
/** As names of the contract are. */
const LONGEST_NAME = 200;

/** A person's own blocks: a folder of block files, which may be copied, shared and put there by hand. */
export function createOwnBlocksService(host: Host, hub: Hub): OwnBlockCalls {
  const folder = join(host.paths.userData, 'blocks');
  const fileOf = (name: string) => join(folder, `${name}${EXTENSION}`);

  async function names(): Promise<readonly string[]> {
    const files = await readdir(folder).catch(unlessMissing([]));
    const found = files.filter((file) => file.endsWith(EXTENSION)).map((file) => file.slice(0, -EXTENSION.length));
    return found.sort((a, b) => a.localeCompare(b, 'en'));
  }

  async function textOf(name: string): Promise<string | undefined> {
    try {
      return (await readRegularFile(fileOf(name), MAX_BYTES)).bytes.toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** The file that says just this already, else a name that is free: nothing is written over. */
  async function placeFor(wanted: string, text: string): Promise<{ readonly name: string; readonly isThere: boolean }> {
    const all = await names();
    // Some systems take names that differ in capital letters for one.
    const taken = new Map(all.map((name) => [name.toLowerCase(), name]));
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? wanted : `${wanted}-${count}`;
      const there = taken.get(name);
      if (there !== undefined && (await textOf(there)) === text) return { name: there, isThere: true };
      if (there !== undefined) continue;
      if (all.length < MAX_BLOCKS) return { name, isThere: false };
      throw new RpcError('E_TOO_MANY', `There are ${all.length} blocks in your library.`, 'Remove some that you do not need.');
    }
  }

  let turn: Promise<unknown> = Promise.resolve();

  return {
    'blocks.list': async () => {
      const listed = (await names()).filter((name) => name.length > 0 && name.length <= LONGEST_NAME).slice(0, MAX_BLOCKS);
      const found = await Promise.all(listed.map(async (name) => ({ name, ...(await blockIn(fileOf(name))) })));
      return {
        blocks: found.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }])),
        unreadable: found.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ file: `${name}${EXTENSION}`, reason }])),
      };
    },
    'blocks.keep': ({ text }) => {
      // One after the other: two windows would take the same free name.
      const own = turn.then(async () => {
        const read = readBlockFile(text);
        if (!read.ok) throw new RpcError(read.error.code, read.error.message, read.error.fix);
        if (Buffer.byteLength(text) > MAX_BYTES) throw new RpcError('E_TOO_BIG', 'A block of more than 1 MB is not kept.');
        const { name, isThere } = await placeFor(stemOf(read.value.name), text);
        if (!isThere) {
          await mkdir(folder, { recursive: true });
          await safeSave(fileOf(name), text);
          hub.emit('blocks.changed', {});
        }
        return { name };
      });
      turn = own.catch(() => undefined);
      return own;
    },
    'blocks.remove': async ({ name }) => {
      // Only what is in the folder can be meant: no name leads out of it.
      if ((await names()).includes(name)) await unlink(fileOf(name)).catch(unlessMissing(undefined));
      hub.emit('blocks.changed', {});
      return {};
    },
  };
}

type Found = { readonly text: string; readonly reason?: undefined } | { readonly text?: undefined; readonly reason: string };

/** The block of a file, or why it holds none: one bad file is no reason to offer none of the others. */
async function blockIn(path: string): Promise<Found> {
  try {
    const text = (await readRegularFile(path, MAX_BYTES)).bytes.toString('utf8');
    const read = readBlockFile(text);
    return read.ok ? { text } : { reason: `${read.error.message} ${read.error.fix}` };
  } catch (error) {
    const { message, fix = '' } = toErrorShape(error);
    return { reason: `${message} ${fix}`.trim() };
  }
}

/** What is not there is as good as removed, and an empty folder; every other error is told. */
function unlessMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}

/** A file name that every system takes, from what the block is called. */
function stemOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/.test(plain) ? `block-${plain}`.replace(/-$/, '') : plain;
}
