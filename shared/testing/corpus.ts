import type { SkipDocument } from '../document/document';
import { networkOf, type Sketch } from './networks';

/** A mismatch that somebody reported, rebuilt as a network. */
export interface Report {
  /** Where it was told. */
  readonly where: string;
  readonly title: string;
  readonly document: SkipDocument;
  readonly code: string;
  /** Layers that the diagnosis must name. */
  readonly named: readonly string[];
  /** What must be among the repairs; where the report tells its mend, that one. */
  readonly repair: string;
  /** What must be the first, as reviewed by hand: docs/reports.md says why. */
  readonly first: string;
}

const conv = (filters: number, kernel = 3, stride = 1, more = {}): Sketch => [
  'conv2d',
  {
    filters,
    kernelSize: [kernel, kernel],
    strides: [stride, stride],
    padding: 'same',
    useBias: false,
    ...more,
  },
];
const pool = (size: number): Sketch => ['maxPooling2d', { poolSize: [size, size], strides: [size, size] }];
const bn: Sketch = ['batchNormalization'];
const relu: Sketch = ['relu'];
const up: Sketch = ['upSampling2d', { size: [2, 2] }];
const image = (...shape: number[]): Sketch => ['input', { shape }];
const add: Sketch = ['add'];
const join: Sketch = ['concatenate'];
const end: Sketch = ['output'];

/** Twelve reports of the kinds that people meet: channels, strides, sizes that round differently, rank. */
export const reports: readonly Report[] = [
  {
    where: 'github.com/keras-team/keras/pull/2688',
    title: 'the residual example of Keras’s own guide: 3 channels against 16',
    document: networkOf({ image: image(256, 256, 3), conv: conv(16), add, end }, [
      'image → conv → add:inputs.0',
      'image → add:inputs.1',
      'add → end',
    ]),
    code: 'shape/add-channels',
    named: ['conv'],
    repair: 'conv: filters 16 → 3',
    first: 'Project the shortcut: 1×1 conv, 16 filters',
  },
  {
    where: 'github.com/GengDavid/pytorch-cpn/issues/45',
    title: 'a bottleneck whose projection is missing: 512 channels against 256',
    document: networkOf(
      {
        x: image(56, 56, 256),
        conv1: conv(128, 1),
        bn1: bn,
        relu1: relu,
        conv2: conv(128),
        bn2: bn,
        relu2: relu,
        conv3: conv(512, 1),
        bn3: bn,
        add,
        end,
      },
      ['x → conv1 → bn1 → relu1 → conv2 → bn2 → relu2 → conv3 → bn3 → add:inputs.0', 'x → add:inputs.1', 'add → end'],
    ),
    code: 'shape/add-channels',
    named: ['conv1', 'conv3'],
    repair: 'Project the shortcut: 1×1 conv, 512 filters, then batch norm',
    first: 'Project the shortcut: 1×1 conv, 512 filters, then batch norm',
  },
  {
    where: 'github.com/AlexeyAB/darknet/issues/3809',
    title: 'strides 2 in a block without a projection',
    document: networkOf(
      {
        x: image(64, 64, 64),
        conv1: conv(64, 3, 2),
        relu1: relu,
        conv2: conv(64),
        add,
        end,
      },
      ['x → conv1 → relu1 → conv2 → add:inputs.0', 'x → add:inputs.1', 'add → end'],
    ),
    code: 'shape/add-stride',
    named: ['conv1'],
    repair: 'Project the shortcut: 1×1 conv, 64 filters, strides 2',
    first: 'Project the shortcut: 1×1 conv, 64 filters, strides 2',
  },
  {
    where: 'github.com/keras-team/keras/issues/16925',
    title: 'a pool on one path: 56×56×32 against 112×112×32',
    document: networkOf(
      {
        x: image(112, 112, 32),
        a: conv(32),
        relu1: relu,
        b: conv(32),
        pool: pool(2),
        add,
        end,
      },
      ['x → a → relu1 → b → pool → add:inputs.0', 'x → add:inputs.1', 'add → end'],
    ),
    code: 'shape/add-stride',
    named: ['pool'],
    repair: 'Project the shortcut: 1×1 conv, 32 filters, strides 2',
    first: 'Project the shortcut: 1×1 conv, 32 filters, strides 2',
  },
  {
    where: 'github.com/keon/3-min-pytorch/issues/29',
    title: 'the stride of a block given to both of its convolutions',
    document: networkOf(
      {
        x: image(32, 32, 64),
        conv1: conv(128, 3, 2),
        bn1: bn,
        relu1: relu,
        conv2: conv(128, 3, 2),
        bn2: bn,
        proj: conv(128, 1, 2),
        bn3: bn,
        add,
        end,
      },
      ['x → conv1 → bn1 → relu1 → conv2 → bn2 → add:inputs.0', 'x → proj → bn3 → add:inputs.1', 'add → end'],
    ),
    code: 'shape/add-stride',
    named: ['conv1', 'conv2', 'proj'],
    repair: 'conv2: strides 2 → 1',
    first: 'conv2: strides 2 → 1',
  },
  {
    where: 'github.com/FrancescoSaverioZuppichini/glasses/issues/236',
    title: 'odd sizes at a pooled shortcut: 8 against 7',
    document: networkOf(
      {
        x: image(15, 15, 32),
        a: conv(64, 3, 2),
        bn1: bn,
        pool: ['averagePooling2d'],
        proj: conv(64, 1),
        bn2: bn,
        add,
        end,
      },
      ['x → a → bn1 → add:inputs.0', 'x → pool → proj → bn2 → add:inputs.1', 'add → end'],
    ),
    code: 'shape/add-off-by-one',
    named: ['a', 'pool'],
    repair: 'pool: padding valid → consistent',
    first: 'pool: padding valid → consistent',
  },
  {
    where: 'github.com/Res2Net/Res2Net-PretrainedModels/issues/10',
    title: '38 against 37, mended there by rounding the pool up',
    document: networkOf(
      {
        x: image(75, 75, 64),
        conv: conv(64, 3, 2, { padding: 'consistent' }),
        bn1: bn,
        down: pool(2),
        add,
        end,
      },
      ['x → conv → bn1 → add:inputs.0', 'x → down → add:inputs.1', 'add → end'],
    ),
    code: 'shape/add-off-by-one',
    named: ['conv', 'down'],
    repair: 'down: padding valid → same',
    first: 'down: padding valid → consistent',
  },
  {
    where: 'github.com/onnx/models/issues/243',
    title: 'a feature pyramid over an odd size: 67 against 68',
    document: networkOf(
      {
        c4: image(67, 67, 64),
        c5: conv(64, 3, 2),
        up,
        lateral: conv(64, 1),
        add,
        end,
      },
      ['c4 → c5 → up → add:inputs.0', 'c4 → lateral → add:inputs.1', 'add → end'],
    ),
    code: 'shape/add-off-by-one',
    named: ['c5', 'up'],
    repair: 'Use an input that works: c4 67×67×64 → 68×68×64',
    first: 'Crop 1 row and 1 column off the main path',
  },
  {
    where: 'github.com/keras-team/keras/issues/19964',
    title: 'a U-Net over 358×358: 88 against 89',
    document: networkOf(
      {
        image: image(358, 358, 1),
        e1: conv(32),
        r1: relu,
        p1: pool(2),
        e2: conv(64),
        r2: relu,
        p2: pool(2),
        e3: conv(128),
        r3: relu,
        p3: pool(2),
        e4: conv(256),
        r4: relu,
        u3: up,
        join3: join,
        d3: conv(128),
        end,
      },
      ['image → e1 → r1 → p1 → e2 → r2 → p2 → e3 → r3 → p3 → e4 → r4 → u3 → join3:inputs.0', 'r3 → join3:inputs.1', 'join3 → d3 → end'],
    ),
    code: 'shape/concatenate-off-by-one',
    named: ['p3', 'u3'],
    repair: 'Use an input that works: image 358×358×1 → 360×360×1',
    first: 'Pad the main path by 1 row and 1 column of zeros',
  },
  {
    where: 'mathworks.com/matlabcentral/answers/811700',
    title: '24×254×256 against 24×255×256',
    document: networkOf({ x: image(24, 255, 256), pool: pool(2), conv: conv(256), up, add, end }, [
      'x → pool → conv → up → add:inputs.0',
      'x → add:inputs.1',
      'add → end',
    ]),
    code: 'shape/add-off-by-one',
    named: ['pool', 'up'],
    repair: 'Pad the main path by 1 column of zeros',
    first: 'Pad the main path by 1 column of zeros',
  },
  {
    where: 'github.com/keras-team/keras/issues/2724',
    title: 'a dense layer on an image: the flatten is missing',
    document: networkOf(
      {
        image: image(48, 64, 3),
        conv: conv(64),
        relu1: relu,
        dense: ['dense'],
        end,
      },
      ['image → conv → relu1 → dense → end'],
    ),
    code: 'shape/dense-on-image',
    named: ['dense'],
    repair: 'Flatten before dense',
    first: 'Average over height and width (globalAveragePooling2d) before dense',
  },
  {
    where: 'github.com/qubvel/segmentation_models/issues/154',
    title: 'the paper’s U-Net without its crops: 64 against 56',
    document: networkOf(
      {
        image: image(68, 68, 3),
        c1: conv(64, 3, 1, { padding: 'valid' }),
        r1: relu,
        c2: conv(64, 3, 1, { padding: 'valid' }),
        r2: relu,
        pool: pool(2),
        c3: conv(128, 3, 1, { padding: 'valid' }),
        r3: relu,
        c4: conv(128, 3, 1, { padding: 'valid' }),
        r4: relu,
        up,
        join,
        last: conv(2, 1),
        end,
      },
      ['image → c1 → r1 → c2 → r2 → pool → c3 → r3 → c4 → r4 → up → join:inputs.0', 'r2 → join:inputs.1', 'join → last → end'],
    ),
    code: 'shape/concatenate-off-by-one',
    named: ['pool', 'c3', 'c4', 'up'],
    repair: 'Crop 8 rows and 8 columns off the shortcut',
    first: 'Crop 8 rows and 8 columns off the shortcut',
  },
];
