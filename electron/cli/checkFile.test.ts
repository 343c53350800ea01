import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { serializeDocument } from '../../shared/document/serialize';
import { networkOf } from '../../shared/testing/networks';
import { checkFile, termsOf } from './checkFile';

const folder = mkdtempSync(join(tmpdir(), 'skipwire-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('holds no network to a limit whose cost depends on sizes that are open', async () => {
  const file = join(folder, 'open.skip.json');
  const nodes = {
    image: ['input', { shape: ['H', 'W', 3] }],
    conv: ['conv2d', { filters: 4, padding: 'same' }],
    result: ['output'],
  } as const;
  writeFileSync(file, serializeDocument(networkOf(nodes, ['image → conv', 'conv → result'])));
  const codes = async (options: Parameters<typeof termsOf>[0]) =>
    (await checkFile(file, termsOf(options))).problems.flatMap(({ code, message }) => (code.startsWith('limit/') ? [message] : []));

  expect(await codes({ maxParams: '1k' })).toEqual([]);
  expect(await codes({ maxMacs: '1G' })).toEqual([expect.stringContaining('cannot be told: those of 1 layer are not known') as string]);
  // 3×3×3 weights for each of 4 filters at 8×8 places.
  expect(await codes({ maxMacs: '6912', input: '8x8' })).toEqual([]);
  expect(await codes({ maxMacs: '6911', input: '8x8' })).toEqual([expect.stringContaining('6,912 MACs, 1 more') as string]);
});
