/**
 * The pre-activation ResNets against a reference of ours in Keras and one in PyTorch (inKeras.py, inTorch.py, family.py):
 * every intermediate shape in both data formats, the weights in a written order, logits in inference and after three steps.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, lastJson, root, run } from '../checks';
import { pythonWithTorch } from '../python';
import type { ParityNetwork } from './network';

const common = { steps: 3, learningRate: 1e-4, momentum: 0.9, batch: 8, engines: ['tensorflow', 'onnxruntime'] } as const;
const cifar: ParityNetwork = { ...common, kind: 'cifar', layers: 20, classes: 10, sizes: [32], runsChannelsFirst: true };

/** A minute of it: both kinds of block, an even and an odd size. */
const QUICK: readonly ParityNetwork[] = [
  cifar,
  { ...common, kind: 'imagenet', layers: 18, classes: 100, sizes: [97], runsChannelsFirst: false },
  { ...common, kind: 'imagenet', layers: 50, classes: 100, sizes: [64], runsChannelsFirst: false, engines: ['tensorflow'] },
];

/** All of it. Batches are small where images are large. */
const WHOLE: readonly ParityNetwork[] = [
  cifar,
  ...[18, 34, 50].flatMap((layers): ParityNetwork[] => {
    const network = { ...common, kind: 'imagenet', layers, classes: 1000, runsChannelsFirst: false } as const;
    return [
      { ...network, sizes: [32, 64, 97] },
      { ...network, engines: ['tensorflow'], batch: 2, sizes: [224, 225] },
    ];
  }),
  ...[101, 152, 200].flatMap(deep),
];

/**
 * The deepest multiply what rounding leaves: at a rate of 1e-4 and eight images of 32² Keras and PyTorch are themselves 1.7e-4 apart after
 * three steps of ResNet-101. With smaller steps, and means over more images where one pixel is left of each, the logits still move by
 * far more than the bar, and all agree.
 */
function deep(layers: number): readonly ParityNetwork[] {
  const learningRate = layers === 200 ? 2e-6 : 5e-6;
  const network = { ...common, kind: 'imagenet', layers, classes: 1000, runsChannelsFirst: false, engines: ['tensorflow'] } as const;
  return [
    { ...network, learningRate, batch: 32, sizes: [32] },
    { ...network, learningRate, sizes: [64, 97] },
    { ...network, learningRate: layers === 200 ? 2e-5 : common.learningRate, batch: 2, sizes: [224, 225] },
  ];
}

interface Compared {
  readonly weights: number;
  readonly shapes: number;
  readonly identities: number;
  readonly worst: Readonly<Record<string, number>>;
}

function compare(network: ParityNetwork, folder: string, pythonWithKeras: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'network.json'), JSON.stringify(network));
  const script = (name: string) => join(root, 'interop', 'resnet', name);
  const keras = lastJson(run(pythonWithKeras, [script('inKeras.py'), folder], { TF_CPP_MIN_LOG_LEVEL: '3' })) as { version: string };
  const torch = lastJson(run(pythonWithTorch(), [script('inTorch.py'), folder])) as { version: string };
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  const { weights, shapes, identities, worst } = lastJson(run(process.execPath, [tsx, script('compare.ts'), folder])) as Compared;
  rmSync(folder, { recursive: true, force: true });
  const gaps = Object.entries(worst).map(([what, gap]) => `${what} ${gap.toExponential(1)}`);
  return (
    `${shapes} shapes equal, ${weights} weights in order, ${identities} blocks with a zeroed last convolution are identities; ` +
    `largest relative difference: ${gaps.join(', ')} (TensorFlow ${keras.version}, PyTorch ${torch.version})`
  );
}

export function resnetChecks(pythonWithKeras: string, work: string, whole: boolean): void {
  for (const [index, network] of (whole ? WHOLE : QUICK).entries()) {
    const name = `${network.kind === 'cifar' ? 'ResNet for CIFAR' : 'ResNet'}-${network.layers} at ${network.sizes.join(', ')}`;
    check(`${name} computes what the references compute`, () => compare(network, join(work, `resnet-${index}`), pythonWithKeras));
  }
}
