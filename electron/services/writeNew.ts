import { open } from 'node:fs/promises';
import { RpcError } from '../../shared/rpc/messages';

/** Writes a file that is not there yet; one that is there is never written over. */
export async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new RpcError('E_EXISTS', `${path} is there already.`, 'Give another name with --out, or remove it.');
    throw new RpcError('E_PERM', `${path} cannot be written: ${error.message}.`, 'Give another folder with --out.');
  });
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
