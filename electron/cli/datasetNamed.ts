import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findDataset } from '../../shared/data/bundled';
import type { SkipDocument } from '../../shared/document/document';
import { RpcError } from '../../shared/rpc/messages';
import type { DataService } from '../services/data';

/**
 * The id of the data set that was typed, or of the document's own; a folder of images is made known by it. What is neither known on this
 * machine nor a folder is refused.
 */
export async function datasetNamed(data: DataService, typed: string | undefined, { data: own }: SkipDocument): Promise<string> {
  const name = typed ?? own.dataset ?? 'digits';
  if (findDataset(name)) return name;
  const found = typed === undefined ? undefined : await stat(typed).catch(() => undefined);
  if (found?.isDirectory()) return (await data.addFolder(resolve(name))).id;
  const known = await data.ids();
  if (known.includes(name)) return name;
  throw new RpcError(
    'E_DATA',
    refusal(name, typed === undefined, found !== undefined),
    `Name a data set that is here (${known.join(', ')}), or a folder that holds a folder of images for each class: --data path/to/folder.`,
  );
}

function refusal(name: string, isOwn: boolean, isFile: boolean): string {
  if (isOwn) return `The document’s data set "${name}" is not known on this machine.`;
  return isFile
    ? `"${name}" is a file, no data set and no folder of images.`
    : `There is no data set "${name}", and no folder of that name.`;
}

/** Refuses to go on with a run whose data set is known no more, such as a folder of images that was forgotten. */
export async function requireDataset(data: DataService, id: string): Promise<void> {
  if ((await data.ids()).includes(id)) return;
  throw new RpcError(
    'E_DATA',
    `The run learns from the data set "${id}", which is not known on this machine.`,
    'A folder of images is known again once a command has named it, such as: skipwire evaluate FILE --data path/to/folder.',
  );
}
