import type { Dataset, Samples } from '../../../shared/data/dataset';
import { analyze } from '../../../shared/infer/analyze';
import { findLayer } from '../../../shared/layers/index';
import { compileNetwork } from '../../../shared/program/compile';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { randomOf } from '../../../shared/program/random';
import { networkOf } from '../../../shared/testing/networks';

const SIDE = 4;

/** A data set that is learned in a second: 4×4 images of which one column of three is bright, and noise. */
export function stripes(counts: Readonly<Record<'train' | 'validation' | 'test', number>>): Dataset {
  return {
    info: {
      id: 'stripes',
      title: 'Stripes',
      description: '',
      licence: '',
      imageShape: [SIDE, SIDE, 1],
      classes: ['left', 'middle', 'right'],
      counts,
      classCounts: [],
    },
    splits: {
      train: samples('train', counts.train),
      validation: samples('validation', counts.validation),
      test: samples('test', counts.test),
    },
  };
}

function samples(key: string, count: number): Samples {
  const random = randomOf(1, key);
  const labels = Int32Array.from({ length: count }, (_, index) => index % 3);
  const pixels = Float32Array.from({ length: count * SIDE * SIDE }, (_, at) => {
    const isBright = at % SIDE === labels[Math.floor(at / (SIDE * SIDE))];
    return (isBright ? 0.6 : 0) + 0.4 * random.uniform();
  });
  return { count, pixels, labels };
}

/** A small network over the stripes, with batch normalisation, whose moving statistics are state. */
export function stripesNetwork(dataFormat: 'channelsLast' | 'channelsFirst' = 'channelsLast'): CompiledNetwork {
  const document = networkOf(
    {
      image: ['input', { shape: dataFormat === 'channelsLast' ? [SIDE, SIDE, 1] : [1, SIDE, SIDE] }],
      conv: ['conv2d', { filters: 2, kernelSize: [3, 3], padding: 'same' }],
      norm: ['preActivation'],
      flat: ['flatten'],
      scores: ['dense', { units: 3 }],
      softmax: ['softmax'],
      kind: ['output'],
    },
    ['image → conv → norm → flat → scores → softmax → kind'],
    dataFormat,
  );
  const optimizer = { kind: 'sgd', momentum: 0.9, nesterov: false } as const;
  const result = compileNetwork(analyze(document), { findLayer, training: { optimizer, objectives: [] } });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
