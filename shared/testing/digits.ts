import type { DatasetInfo } from '../rpc/contract';

/** What the host tells of the digits data set: images of 8×8×1 in ten classes, its counts left out. */
export const digits: DatasetInfo = {
  id: 'digits',
  title: 'Digits',
  description: '',
  licence: '',
  imageShape: [8, 8, 1],
  classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
  counts: { train: 1, validation: 1, test: 1 },
  classCounts: [],
};
