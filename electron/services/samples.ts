import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXTENSION } from '../../shared/document/extension';
import type { OpenedDocument } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Host } from './host';

/** The networks that come with the program. */
export const SAMPLES = [
  {
    name: 'digits-resnet',
    title: 'Digits with a residual network',
    description: 'Three pre-activation residual blocks, one with a projection. Trains in seconds.',
  },
  {
    name: 'digits-plain',
    title: 'The same without shortcuts',
    description: 'The plain twin of the residual network, to see what the shortcuts do.',
  },
  {
    name: 'digits-mlp',
    title: 'Digits with a small dense network',
    description: 'Flatten, a hidden layer, ten classes: the smallest thing that learns.',
  },
  {
    name: 'mismatched-add',
    title: 'An add that does not fit',
    description: 'Strides 2 on the main path and an identity shortcut: see where the two paths parted.',
  },
];

/** A sample as a document without a file. */
export async function openSample(host: Host, name: string): Promise<OpenedDocument> {
  const sample = SAMPLES.find((entry) => entry.name === name);
  if (!sample) throw new RpcError('E_GONE', `There is no sample "${name.slice(0, 60)}".`);
  const text = await readFile(join(host.paths.assets, 'samples', `${sample.name}${EXTENSION}`), 'utf8');
  return { handle: null, name: `${sample.name}${EXTENSION}`, folder: null, text, stamp: null, readOnly: false, lockedBy: null };
}
