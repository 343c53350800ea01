import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import type { SkipDocument } from '../../shared/document/document';
import { startTestApp, type TestApp } from '../testing/testHost';
import { datasetNamed, requireDataset } from './datasetNamed';

let app: TestApp;
beforeEach(async () => void (app = await startTestApp()));
afterEach(() => app.close());

const learning = (dataset: string | null): SkipDocument => ({ ...newDocument('d'), data: { dataset, inputs: {} } });
const named = (typed: string | undefined, own: string | null = null) => datasetNamed(app.services.data, typed, learning(own));

async function makeFolder(): Promise<string> {
  const folder = join(app.folder, 'colours');
  for (const background of ['red', 'blue']) {
    await mkdir(join(folder, background), { recursive: true });
    await sharp({ create: { width: 4, height: 4, channels: 3, background } }).toFile(join(folder, background, '1.png'));
  }
  return folder;
}

describe('the data set of a command', () => {
  it('is the one that was typed, else the document’s own, else the digits', async () => {
    expect([await named(undefined), await named(undefined, 'digits'), await named('digits', 'gone')]).toEqual([
      'digits',
      'digits',
      'digits',
    ]);
  });

  it('can be a folder, which is known by its id from then on', async () => {
    const id = await named(await makeFolder());
    expect(id).toMatch(/^colours-[0-9a-f]{8}$/);
    expect([await named(id), await named(undefined, id)]).toEqual([id, id]);
    await expect(requireDataset(app.services.data, id)).resolves.toBeUndefined();
  });

  it('that is nowhere is refused in words of a terminal, with what there is', async () => {
    const id = await named(await makeFolder());
    const fix = `Name a data set that is here (digits, ${id}), or a folder that holds a folder of images for each class: --data path/to/folder.`;
    await expect(named('nosuch')).rejects.toMatchObject({ message: 'There is no data set "nosuch", and no folder of that name.', fix });
    await expect(named(undefined, 'cats')).rejects.toMatchObject({
      message: 'The document’s data set "cats" is not known on this machine.',
      fix,
    });
    const file = join(app.folder, 'images.zip');
    await writeFile(file, '');
    await expect(named(file)).rejects.toMatchObject({ message: `"${file}" is a file, no data set and no folder of images.`, fix });
    await expect(requireDataset(app.services.data, 'cats')).rejects.toMatchObject({
      fix: 'A folder of images is known again once a command has named it, such as: skipwire evaluate FILE --data path/to/folder.',
    });
  });
});
