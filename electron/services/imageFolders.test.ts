import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serializeDocument } from '../../shared/document/serialize';
import { networkOf } from '../../shared/testing/networks';
import { folderFailure } from '../images/scanFolder';
import { quickTraining, startTestApp, type TestApp } from '../testing/testHost';

let app: TestApp;
beforeEach(async () => void (app = await startTestApp()));
afterEach(() => app.close());

/** Red and blue pictures of other sizes than the network's, and a file that is none. */
async function pictures(): Promise<void> {
  for (const [name, channel] of [
    ['red', 'r'],
    ['blue', 'b'],
  ] as const) {
    await mkdir(join(app.folder, 'colours', name), { recursive: true });
    for (let index = 0; index < 40; index += 1) {
      const background = { r: 20, g: index, b: 20, [channel]: 220 };
      const image = sharp({ create: { width: 24 + index, height: 30, channels: 3, background } });
      await writeFile(join(app.folder, 'colours', name, `${index}.jpg`), await image.jpeg().toBuffer());
    }
  }
  await writeFile(join(app.folder, 'colours', 'blue', 'broken.jpg'), 'no picture');
}

async function addFolder() {
  const { entries } = await app.client.call('project.browse', { folder: null });
  const folder = entries.find(({ name }) => name === 'colours')?.handle ?? null;
  const info = await app.client.call('data.addFolder', { folder });
  if (!info) throw new Error('It was not added.');
  return info;
}

describe('a folder of images that a person chose', () => {
  it('is a data set like another: listed, looked at, trained on, evaluated, predicted from', async () => {
    await pictures();
    const info = await addFolder();
    expect(info).toMatchObject({ title: 'colours', classes: ['blue', 'red'], resizes: true });
    expect((await app.client.call('data.list', {})).map(({ id }) => id)).toEqual(['digits', info.id]);
    const seen = await app.client.call('data.images', { dataset: info.id, split: 'train', offset: 0, count: 3 });
    expect([seen.pixels.length, seen.shape, seen.places]).toEqual([3 * 64 * 64 * 3, [64, 64, 3], [0, 1, 2]]);
    const whole = await app.client.call('data.images', { dataset: info.id, split: 'train', offset: 0, count: 1024 });
    expect(whole.places).toHaveLength(info.counts.train - whole.unreadable.length);

    const document = networkOf(
      {
        image: ['input', { shape: [16, 16, 3], minAspectDim: 20, resizeDim: 16, randomFlip: true, values: 'minusOneToOne' }],
        flat: ['flatten'],
        scores: ['dense', { units: 2 }],
        softmax: ['softmax'],
        colour: ['output'],
      },
      ['image → flat → scores → softmax → colour'],
    );
    const request = { ...quickTraining, dataset: info.id, epochs: 10, batchSize: 8 };
    const { runId } = await app.client.call('runs.start', {
      document: serializeDocument(document),
      documentName: 'x',
      handle: null,
      request,
    });
    const summary = await app.services.runs.ended(runId);
    expect(summary).toMatchObject({ status: 'finished', testAccuracy: 1 });
    expect(summary.unreadable).toEqual([expect.stringMatching(/^blue.broken\.jpg: /)]);

    const { label, probabilities } = await app.client.call('model.predict', { runId, input: { kind: 'image', split: 'test', index: 0 } });
    expect(probabilities[label ?? -1]).toBeGreaterThan(0.5);
    expect(await app.client.call('model.evaluate', { runId, split: 'test' })).toMatchObject({ accuracy: 1 });

    // Files from elsewhere come the same way.
    const ask = (name: string, bytes: Uint8Array) => app.client.call('model.predict', { runId, input: { kind: 'file', name, bytes } });
    const blue = await ask(
      'blue.webp',
      await sharp({ create: { width: 50, height: 31, channels: 3, background: '#1414dc' } })
        .webp()
        .toBuffer(),
    );
    expect([blue.label, blue.probabilities[0]]).toEqual([null, expect.toSatisfy((share: number) => share > 0.5)]);
    await expect(ask('drawing.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'))).rejects.toMatchObject({
      code: 'E_IMAGE',
      message: '“drawing.png” cannot be read as an image: Input buffer contains unsupported image format.',
    });

    // The broken file keeps its place: what stands behind it is what is seen there.
    const { confusions } = await app.client.call('model.evaluate', { runId, split: 'train' });
    const { right } = confusions[0]?.samples ?? {};
    expect(whole.unreadable).toHaveLength(1);
    expect([...(right ?? [])]).toEqual(
      Array.from({ length: info.counts.train }, (_, place) => whole.labels[whole.places.indexOf(place)] ?? -1),
    );
    expect(right).toContain(-1);
  });

  it('of which no image can be read ends a training and a test of rates with that; a part that is empty is no network’s fault', async () => {
    for (const name of ['train/a/1.png', 'train/b/2.png', 'val/a/3.png']) {
      await mkdir(join(app.folder, 'colours', name, '..'), { recursive: true });
      await writeFile(join(app.folder, 'colours', name), 'no picture');
    }
    const { id } = await addFolder();
    const document = serializeDocument(
      networkOf({ image: ['input', { shape: [8, 8, 1] }], flat: ['flatten'], scores: ['dense', { units: 2 }], kind: ['output'] }, [
        'image → flat → scores → kind',
      ]),
    );
    const request = { ...quickTraining, dataset: id };
    const said = {
      message: expect.stringMatching(/^None of the 2 images in the training part of colours can be read: train.[ab].[12]\.png: /) as string,
    };
    await expect(app.client.call('runs.rates', { testId: 'a', document, request })).rejects.toMatchObject(said);
    const { runId } = await app.client.call('runs.start', { document, documentName: 'x', handle: null, request });
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'failed', ...said });

    for (const name of ['train/a/1.png', 'train/b/2.png', 'val/a/3.png'])
      await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).toFile(join(app.folder, 'colours', name));
    const again = await app.client.call('runs.start', { document, documentName: 'x', handle: null, request });
    await app.services.runs.ended(again.runId);
    await expect(app.client.call('model.evaluate', { runId: again.runId, split: 'test' })).rejects.toMatchObject({
      message: 'The test part of colours is empty.',
    });
  });

  it('can be forgotten; then a network that asks for it is told to choose it again', async () => {
    await pictures();
    const info = await addFolder();
    await app.client.call('data.removeFolder', { dataset: info.id });
    expect((await app.client.call('data.list', {})).map(({ id }) => id)).toEqual(['digits']);
    await expect(app.client.call('data.images', { dataset: info.id, split: 'train', offset: 0, count: 1 })).rejects.toMatchObject({
      code: 'E_DATA',
      message: expect.stringContaining(info.id) as string,
    });
  });

  it('that is gone stays in the list and says so, until it is forgotten; of one class, or gone before, it is refused', async () => {
    await pictures();
    const info = await addFolder();
    const stale = (await app.client.call('project.browse', { folder: null })).entries.find(({ name }) => name === 'colours');
    await rm(join(app.folder, 'colours', 'red'), { recursive: true });
    await expect(addFolder()).rejects.toMatchObject({ message: expect.stringContaining('one class, "blue"') as string });
    await rm(join(app.folder, 'colours'), { recursive: true });
    const [, listed] = await app.client.call('data.list', {});
    expect(listed).toMatchObject({ id: info.id, title: 'colours', problem: expect.stringContaining('is not there any more') as string });
    await expect(app.client.call('data.addFolder', { folder: stale?.handle ?? null })).rejects.toMatchObject({
      code: 'E_DATA',
      message: expect.stringContaining('is not there any more') as string,
    });
    await app.client.call('data.removeFolder', { dataset: info.id });
    expect(await app.client.call('data.list', {})).toHaveLength(1);
    expect(folderFailure('/photos', Object.assign(new Error('no'), { code: 'EACCES' })).message).toBe(
      'You may not read the folder /photos.',
    );
  });

  it('without images is refused in words', async () => {
    await mkdir(join(app.folder, 'colours', 'empty'), { recursive: true });
    await expect(addFolder()).rejects.toMatchObject({
      code: 'E_DATA',
      message: expect.stringContaining('A folder for each class') as string,
    });
  });
});
