import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findDataset } from '../../shared/data/bundled';
import type { SkipDocument } from '../../shared/document/document';
import type { DataService } from '../services/data';

/** The id of the data set that was typed, or of the document's own; a folder of images is made known by it. */
export async function datasetNamed(data: DataService, typed: string | undefined, { data: own }: SkipDocument): Promise<string> {
  const name = typed ?? own.dataset ?? 'digits';
  if (typed === undefined || findDataset(typed)) return name;
  const isFolder = await stat(typed).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? (await data.addFolder(resolve(typed))).id : name;
}
