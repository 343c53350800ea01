import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { inputFor, sizeNotes, withEnds } from './checkSizes';
import { importCode, type ImportedCode } from './importCode';

function imported(text: string, dataFormat: 'channelsLast' | 'channelsFirst' = 'channelsLast'): ImportedCode {
  const result = importCode(text, dataFormat);
  if (!result?.ok) throw new Error(result ? `line ${result.error.line}: ${result.error.message}` : 'not recognised');
  return result.value;
}

const types = ({ clip }: ImportedCode) => Object.values(clip.graph.nodes).map(({ type }) => type);
const names = ({ clip }: ImportedCode) => Object.values(clip.graph.nodes).map(({ name }) => name);
const paramsOf = ({ clip }: ImportedCode, name: string) => Object.values(clip.graph.nodes).find((node) => node.name === name)?.params;

/** The code with the input that follows from it, and what inference says. */
function completed(text: string) {
  const code = imported(text);
  const shape = inputFor(code);
  const document = shape ? withEnds(code, shape) : code.clip;
  const analysis = analyze(document);
  return { code, shape, analysis, notes: sizeNotes(document, analysis, code.expected) };
}

const CONVNET = `
model = keras.Sequential(
    [
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Conv2D(64, kernel_size=(3, 3), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Flatten(),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    ]
)
model.summary()
`;
const TOY_RESNET = `
inputs = keras.Input((32, 32, 3), name='img')
x = layers.Conv2D(32, 3, activation="relu")(inputs)
x = layers.Conv2D(64, 3, activation="relu")(x)
block_1_output = layers.MaxPooling2D(3)(x)

x = layers.Conv2D(64, 3, activation="relu", padding="same")(block_1_output)
x = layers.Conv2D(64, 3, activation="relu", padding="same")(x)
block_2_output = layers.add([x, block_1_output])

x = layers.Conv2D(64, 3, activation="relu", padding="same")(block_2_output)
x = layers.Conv2D(64, 3, activation="relu", padding="same")(x)
block_3_output = layers.add([x, block_2_output])

x = layers.Conv2D(64, 3, activation="relu")(block_3_output)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(256, activation="relu")(x)
x = layers.Dropout(0.5)(x)
outputs = layers.Dense(10)(x)

model = keras.Model(inputs, outputs, name="toy_resnet")
`;
const LENET = `
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)  # 5*5 from image dimension
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, input):
        c1 = F.relu(self.conv1(input))
        s2 = F.max_pool2d(c1, (2, 2))
        c3 = F.relu(self.conv2(s2))
        s4 = F.max_pool2d(c3, 2)
        s4 = torch.flatten(s4, 1)
        f5 = F.relu(self.fc1(s4))
        f6 = F.relu(self.fc2(f5))
        output = self.fc3(f6)
        return output
`;
const RESNET = `
import torch.nn as nn
class BasicBlock(nn.Module):
    expansion = 1
    def __init__(self, inplanes, planes, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inplanes, planes, kernel_size=3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.downsample = None
        if stride != 1 or inplanes != planes:
            self.downsample = nn.Sequential(nn.Conv2d(inplanes, planes, 1, stride, bias=False), nn.BatchNorm2d(planes))
    def forward(self, x):
        identity = x
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        return self.relu(out)

class ResNet(nn.Module):
    def __init__(self, layers, num_classes=1000):
        super().__init__()
        self.inplanes = 64
        self.conv1 = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        self.layer1 = self._make_layer(64, layers[0])
        self.layer2 = self._make_layer(128, layers[1], stride=2)
        self.layer3 = self._make_layer(256, layers[2], stride=2)
        self.layer4 = self._make_layer(512, layers[3], stride=2)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512, num_classes)
    def _make_layer(self, planes, blocks, stride=1):
        layers = [BasicBlock(self.inplanes, planes, stride)]
        self.inplanes = planes
        for _ in range(1, blocks):
            layers.append(BasicBlock(self.inplanes, planes))
        return nn.Sequential(*layers)
    def forward(self, x: Tensor) -> Tensor:
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer1(x)
        x = self.layer2(x)
        x = self.layer3(x)
        x = self.layer4(x)
        x = self.avgpool(x)
        x = x.view(x.size(0), -1)
        return self.fc(x)

model = ResNet([2, 2, 2, 2])
model = model.to(device)
`;

describe('networks that others have counted', () => {
  it('the convnet of Keras’s manual has 34,826 parameters', () => {
    const { code, analysis } = completed(CONVNET);
    expect(code.framework).toBe('keras');
    expect(types(code)).toEqual('input conv2d relu maxPooling2d conv2d relu maxPooling2d flatten dropout dense softmax output'.split(' '));
    expect(analysis.problems).toEqual([]);
    expect(analysis.totals.parameters).toBe(34_826);
  });

  it('the functional toy ResNet of Keras’s manual has 223,242', () => {
    const { code, analysis } = completed(TOY_RESNET);
    expect(code.notes).toEqual([]);
    expect(analysis.problems).toEqual([]);
    expect(analysis.totals.parameters).toBe(223_242);
    expect(types(code).filter((type) => type === 'add')).toHaveLength(2);
  });

  it('LeNet of PyTorch’s tutorial has 61,706, and its input of 32×32×1 follows from its first linear layer', () => {
    const { code, shape, analysis } = completed(LENET);
    expect(code.framework).toBe('torch');
    expect(shape).toEqual([32, 32, 1]);
    expect(analysis.problems).toEqual([]);
    expect(analysis.totals.parameters).toBe(61_706);
    expect(names(code)).toContain('fc2');
  });

  it('ResNet-18 as torchvision writes it, with classes, loops and conditions, has 11,689,512', () => {
    const { code, shape, analysis, notes } = completed(RESNET);
    expect(code.unknown).toEqual([]);
    expect([...code.notes, ...notes]).toEqual([]);
    // Any size will do: it ends in a pooling over all of it.
    expect(shape).toEqual(['H', 'W', 3]);
    expect(analysis.problems).toEqual([]);
    expect(analysis.totals.trainableParameters).toBe(11_689_512);
  });
});

describe('arguments', () => {
  it('by place and by name, with the defaults of their own framework', () => {
    const code = imported(
      `nn.Sequential(nn.Conv2d(3, 8, 5, 2, bias=False), nn.BatchNorm2d(8), nn.LeakyReLU(), nn.MaxPool2d(3), nn.Dropout(.25))`,
    );
    expect(paramsOf(code, 'conv2d')).toMatchObject({ filters: 8, kernelSize: [5, 5], strides: [2, 2], padding: 'valid', useBias: false });
    expect(paramsOf(code, 'batchNormalization')).toMatchObject({ momentum: 0.9, epsilon: 0.00001, center: true, scale: true });
    expect(paramsOf(code, 'leakyRelu')).toEqual({ alpha: 0.01 });
    expect(paramsOf(code, 'maxPooling2d')).toMatchObject({ poolSize: [3, 3], strides: null });
    expect(paramsOf(code, 'dropout')).toEqual({ rate: 0.25 });
    expect(code.notes).toEqual([]);
  });

  it('PyTorch’s one switch for scale and offset is both of ours, and off by default where PyTorch has it off', () => {
    const code = imported('nn.Sequential(nn.BatchNorm2d(8, affine=False), nn.InstanceNorm2d(8), nn.LayerNorm(8))');
    expect(paramsOf(code, 'batchNormalization')).toMatchObject({ center: false, scale: false });
    expect(paramsOf(code, 'instanceNormalization')).toMatchObject({ center: false, scale: false });
    expect(paramsOf(code, 'layerNormalization')).toMatchObject({ center: true, scale: true });
    expect(code.notes).toEqual([]);
  });

  it('a size along each axis is two numbers, where a layer takes two', () => {
    const code = imported('nn.Sequential(nn.Conv2d(3, 8, 3), nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=(0, 1)))');
    expect(paramsOf(code, 'conv2dTranspose')).toMatchObject({ outputPadding: [0, 1], padding: 'consistent' });
    expect(code.notes).toEqual([]);
    const keras = imported(
      'keras.Sequential([layers.Conv2DTranspose(3, 3, strides=2, output_padding=(0, 1)), layers.ReLU(max_value=(1, 2))])',
    );
    expect(paramsOf(keras, 'conv2dTranspose')).toMatchObject({ outputPadding: [0, 1] });
    expect(keras.notes.map(({ text }) => text)).toEqual(['ReLU: max_value=(1, 2) cannot be; max value keeps its default.']);
  });

  it('says where a softmax is over another axis than the channels', () => {
    const notes = (code: string) => imported(code).notes.map(({ text }) => text);
    expect(notes('nn.Sequential(nn.Conv2d(3, 8, 3), nn.Softmax(dim=1), nn.Softmax(dim=-1), nn.Softmax())')).toEqual([]);
    expect(notes('nn.Sequential(nn.Conv2d(3, 8, 3), nn.Softmax(dim=2))')).toEqual(['Softmax: dim=2 is read as the channels.']);
    expect(notes('keras.Sequential([layers.Conv2D(3, 8), layers.Softmax(axis=3)])')).toEqual([]);
    expect(notes('keras.Sequential([layers.Conv2D(3, 8), layers.Softmax(axis=1)])')).toEqual(['Softmax: axis=1 is read as the channels.']);
  });

  it('PyTorch’s zeros in numbers become a padding of ours, or a layer of their own', () => {
    const code = imported(
      'nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding="same"), nn.Conv2d(8, 8, 5, padding=1))',
    );
    expect(types(code)).toEqual(['conv2d', 'conv2d', 'pad', 'conv2d']);
    expect(paramsOf(code, 'conv2d')).toMatchObject({ padding: 'consistent' });
    expect(paramsOf(code, 'conv2d_2')).toMatchObject({ padding: 'same' });
    expect(paramsOf(code, 'pad')).toMatchObject({ mode: 'explicit', top: 1, bottom: 1, left: 1, right: 1 });
  });

  it('Keras’s activation of a layer becomes a layer behind it', () => {
    const code = imported("model = Sequential([Dense(64, 'relu', input_shape=(784,)), Dense(10, activation='softmax')])");
    expect(types(code)).toEqual(['input', 'dense', 'relu', 'dense', 'softmax', 'output']);
    expect(paramsOf(code, 'input')).toMatchObject({ shape: [784] });
  });

  it('Keras’s initializers, regularizers and constraints are what they say, however they are written', () => {
    const code = imported(`
from tensorflow.keras import layers, regularizers
from tensorflow.keras.constraints import MaxNorm
model = keras.Sequential([
  keras.Input((28, 28, 1)),
  layers.Conv2D(8, 3, name='a', kernel_regularizer=regularizers.l2(1e-4), kernel_constraint=MaxNorm(3, axis=[0, 1, 2]),
      kernel_initializer=keras.initializers.VarianceScaling(2.0, mode='fan_out', seed=3), bias_initializer='ones'),
  layers.PReLU(name='b', alpha_initializer=keras.initializers.Constant(0.25)),
  layers.Flatten(),
  layers.Dense(10, name='c', kernel_constraint='non_neg', bias_constraint=keras.constraints.MinMaxNorm(0.5, axis=-1),
      kernel_regularizer=keras.regularizers.L1L2(l1=0.1), bias_regularizer='l2',
      kernel_initializer='HeNormal', bias_initializer=keras.initializers.Zeros()),
])
`);
    expect(types(code)).toEqual(['input', 'conv2d', 'prelu', 'flatten', 'dense', 'output']);
    expect(code.notes).toEqual([]);
    expect(paramsOf(code, 'a')).toMatchObject({
      kernelRegularizer: { l1: 0, l2: 1e-4 },
      kernelConstraint: { kind: 'maxNorm', maxValue: 3, axis: [0, 1, 2] },
      kernelInitializer: { kind: 'varianceScaling', scale: 2, mode: 'fanOut', distribution: 'truncatedNormal' },
      biasInitializer: 'ones',
    });
    expect(paramsOf(code, 'b')).toMatchObject({ alphaInitializer: 0.25 });
    expect(paramsOf(code, 'c')).toMatchObject({
      kernelConstraint: { kind: 'nonNeg' },
      biasConstraint: { kind: 'minMaxNorm', minValue: 0.5, maxValue: 1, rate: 1, axis: [-1] },
      kernelRegularizer: { l1: 0.1, l2: 0 },
      biasRegularizer: { l1: 0, l2: 0.01 },
      kernelInitializer: 'heNormal',
      biasInitializer: 'zeros',
    });
  });

  it.each([
    ["'normal'", 'randomNormal'],
    ["'uniform'", 'randomUniform'],
    ["'random_normal'", 'randomNormal'],
    ["'zero'", 'zeros'],
    ["'one'", 'ones'],
    ["'identity'", 'identity'],
    ["'OrthogonalInitializer'", 'orthogonal'],
    ["'IdentityInitializer'", 'identity'],
    ["'constant'", { kind: 'constant', value: 0 }],
    ["'variance_scaling'", { kind: 'varianceScaling', scale: 1, mode: 'fanIn', distribution: 'truncatedNormal' }],
    ['initializers.normal(stddev=0.1)', { kind: 'randomNormal', mean: 0, stddev: 0.1 }],
    ['initializers.zero()', 'zeros'],
  ])('the initializer %s, by a name that Keras takes too', (written, meant) => {
    // The names of keras/src/initializers/__init__.py, in any of which `initializers.get` finds one.
    const code = imported(`Sequential([Dense(4, input_dim=3, kernel_initializer=${written})])`);
    expect(Object.values(code.clip.graph.nodes)[1]?.params['kernelInitializer']).toEqual(meant);
    expect(code.notes).toEqual([]);
  });

  it('functions of Keras that are imported by name are what they say', () => {
    const code = imported(`
from keras.initializers import glorot_uniform, he_normal
from keras.constraints import max_norm, non_neg
x = Conv2D(8, 3, name='a', kernel_initializer=he_normal(seed=0), kernel_constraint=max_norm(3.), bias_constraint=non_neg())(x)
x = Conv2D(8, 3, name='b', kernel_initializer=glorot_uniform(seed=0))(x)
`);
    expect(code.notes).toEqual([]);
    expect(paramsOf(code, 'a')).toMatchObject({
      kernelInitializer: 'heNormal',
      kernelConstraint: { kind: 'maxNorm', maxValue: 3, axis: [0] },
      biasConstraint: { kind: 'nonNeg' },
    });
    expect(paramsOf(code, 'b')).toMatchObject({ kernelInitializer: 'glorotUniform' });
  });

  it('a constraint that cannot be is told, and long lists of axes are cut', () => {
    const code = imported(`
axes = [0] * 400
layers.Dense(10, kernel_constraint=keras.constraints.UnitNorm(axis=axes), bias_constraint=keras.constraints.MaxNorm(-1))
`);
    expect(paramsOf(code, 'dense')).toMatchObject({ kernelConstraint: null, biasConstraint: null });
    expect(code.notes.map(({ text }) => text)).toEqual([
      expect.stringContaining("kernel_constraint=(kind='unitNorm', axis=(0, 0"),
      expect.stringContaining('cannot be; bias constraint keeps its default'),
    ]);
  });

  it('a Keras image turns in a network of channels first', () => {
    const code = imported('Sequential([Input((28, 20, 3)), Reshape((3, 28, 20)), Flatten()])', 'channelsFirst');
    expect(paramsOf(code, 'input')).toMatchObject({ shape: [3, 28, 20] });
    expect(paramsOf(code, 'reshape')).toMatchObject({ targetShape: [20, 3, 28] });
  });

  it('what has no counterpart is told with its line, and what cannot be keeps its default', () => {
    const code = imported('nn.Sequential(\n  nn.Conv2d(8, 16, 3, padding_mode=4),\n  nn.Dropout(1.5),\n)');
    expect(code.notes).toEqual([
      { line: 2, text: 'Conv2d: padding_mode=4 has no counterpart here and is left out.' },
      { line: 3, text: 'Dropout: p=1.5 cannot be; rate keeps its default.' },
    ]);
  });
});

describe('what is not known', () => {
  it('becomes a placeholder with its name, and is told with its line', () => {
    const code = imported('nn.Sequential(\n  nn.Linear(4, 8),\n  nn.SomethingNew(3, dim=4),\n  nn.ReLU(),\n)');
    expect(code.unknown).toEqual([{ name: 'SomethingNew', line: 3 }]);
    expect(types(code)).toEqual(['dense', 'torch.SomethingNew', 'relu']);
    expect(Object.keys(code.clip.graph.edges)).toHaveLength(2);
  });

  it('channels that do not follow from the input are told', () => {
    const { notes } = completed('nn.Sequential(nn.Linear(784, 128), nn.ReLU(),\n nn.Linear(256, 10))');
    expect(notes).toEqual([{ line: 2, text: '“dense_2” expects 256 features and receives 128; here they follow from the input.' }]);
  });

  it('a name is made of what the code says, and stays as written where that is not known', () => {
    const code = `x = layers.Dense(8)(x)
for i in range(2):
    x = layers.Dense(8, name=f"fc_{i + 1}_{unit!r}" 'b')(x)`;
    const names = Object.values(imported(code).clip.graph.nodes).map(({ name }) => name);
    expect(names).toEqual(['dense', 'fc_1_{unit!r}b', 'fc_2_{unit!r}b']);
  });

  it('errors name the line', () => {
    const broken = (text: string) => importCode(text, 'channelsLast');
    expect(broken('nn.Sequential(\n  nn.Linear(784, 128),\n  nn.ReLU(,\n)')).toEqual({
      ok: false,
      error: { line: 3, message: 'Expected a value, received “,”.' },
    });
    expect(broken('nn.Sequential(\n  nn.Linear(784, 128)')).toEqual({ ok: false, error: { line: 1, message: 'The “(” is never closed.' } });
    expect(broken('nn.Linear(784, 10]')).toMatchObject({ ok: false, error: { line: 1 } });
  });

  it('text that describes no network is left alone', () => {
    for (const text of ['', 'hello', '{"a": 1}', 'const x = f(3);', 'The Input (see below) is small.', 'SELECT * FROM t'])
      expect(importCode(text, 'channelsLast')?.ok, text).not.toBe(true);
    for (const text of ['Dear all, we met (again).', 'The Input (see below) is Dense (very).'])
      expect(importCode(text, 'channelsLast'), text).toBeUndefined();
  });
});

describe('other ways in which networks are written', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'lines of an __init__',
      'self.conv1 = nn.Conv2d(3, 16, 3, padding=1)\n        self.bn = nn.BatchNorm2d(16)\n        self.act = nn.GELU()',
      'conv2d batchNormalization gelu',
    ],
    ['layers without their Sequential', 'nn.Linear(4, 8),\n    nn.Tanh(),\n    nn.Linear(8, 1),', 'dense tanh dense'],
    [
      'a module as PyTorch prints it',
      'Net(\n  (0): Linear(in_features=4, out_features=8, bias=True)\n  (1): Sequential(\n    (0): ReLU()\n    (1): Linear(in_features=8, out_features=2, bias=True)\n  )\n)',
      'dense relu dense',
    ],
    ['an OrderedDict', "nn.Sequential(OrderedDict([('a', nn.Linear(4, 8)), ('b', nn.ReLU())]))", 'dense relu'],
    ['model.add', 'model = Sequential()\nmodel.add(Dense(8))\nmodel.add(Activation("swish"))', 'dense silu'],
    ['a session of the interpreter', '>>> m = nn.Linear(20, 30)\n>>> input = torch.randn(128, 20)\n>>> output = m(input)', 'dense'],
    ['the middle of a functional network', 'x = layers.Conv2D(8, 3)(x)\nx = layers.Rescaling(1./255, offset=-1)(x)', 'conv2d scale shift'],
    [
      'a list that grows',
      'layers = []\nfor size in [8, 4]:\n    layers += [nn.Linear(16, size), nn.ReLU()]\nnet = nn.Sequential(*layers)',
      'dense relu dense relu',
    ],
    ['code between Markdown’s fences', '```python\nnn.Sequential(nn.Linear(4, 8), nn.ReLU())\n```', 'dense relu'],
    [
      'a list times a number',
      'blocks = [nn.Linear(8, 8), nn.ReLU()] * 2\nnet = nn.Sequential(*blocks, nn.Linear(8, 2))',
      'dense relu dense relu dense',
    ],
    ['a comprehension', 'nn.Sequential(*[nn.Linear(8, 8) for _ in range(3)])', 'dense dense dense'],
    [
      'a Keras model class',
      'class M(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.d = layers.Dense(4)\n    def call(self, x, training=None):\n        y = self.d(x)\n        return layers.concatenate([x, y])',
      'dense concatenate',
    ],
    [
      'a recurrent network',
      'class R(nn.Module):\n    def __init__(self):\n        self.e = nn.Embedding(1000, 16)\n        self.r = nn.LSTM(16, 32, num_layers=2, batch_first=True)\n        self.f = nn.Linear(32, 2)\n    def forward(self, x):\n        out, _ = self.r(self.e(x))\n        return self.f(out)',
      'embedding lstm lstm dense',
    ],
    [
      'tabs and Windows line ends',
      'class N(nn.Module):\r\n\tdef forward(self, x):\r\n\t\treturn torch.cat([F.relu(x), torch.sigmoid(x)], 1)\r\n',
      'relu sigmoid concatenate',
    ],
  ];
  it.each(cases)('%s', (_name, text, expected) => {
    expect(types(imported(text)).filter((type) => type !== 'input' && type !== 'output')).toEqual(expected.split(' '));
  });
});

describe('hostile texts', () => {
  const longText = `s = "${'a'.repeat(390_000)}"\n`;
  const longDict = `x = {${Array.from({ length: 20_000 }, (_, at) => `"k${at}": 1`).join(', ')}}\n`;
  const manyNames = Array.from({ length: 20_000 }, (_, at) => `p${at}`).join(', ');
  const longList = 'x = [1] * 2000\nx = x + x\n';
  it.each([
    ['brackets', `nn.Linear${'('.repeat(100_000)}`],
    ['indentation', Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}if nn.Linear(1):`).join('\n')],
    ['operators', `nn.Linear(${'-'.repeat(50_000)}1, 2)`],
    ['a function that calls itself', 'def f(x):\n    return f(x)\nnn.Linear(f(1), 2)'],
    ['loops in loops', `nn.Linear(1, 2)\nfor a in range(2000):\n  for b in range(2000):\n    for c in range(2000):\n      d = a`],
    [
      'too many layers',
      'nn.Sequential(*[nn.Linear(1, 1) for _ in range(2000)] * 1)\nx = [nn.ReLU() for a in range(2000) for b in range(2000)]',
    ],
    ['a text that doubles', 's = "ab"\nfor i in range(40):\n    s = f"{s}{s}"\nnn.Linear(1, 2)'],
    ['a long text in loops', `for i in range(2000):\n  for j in range(30):\n    s = f"${'{)}'.repeat(30_000)}"\nnn.Linear(1, 2)`],
    ['a list that doubles', 'x = [1]\nfor i in range(40):\n    x = x + x\nnn.Linear(1, 2)'],
    ['a list that doubles by stars', 'x = [1]\nfor i in range(40):\n    x = [*x, *x]\nnn.Linear(1, 2)'],
    ['arguments that double', 'x = [1]\nfor i in range(40):\n    x = nn.Sequential(x, *x)\nnn.Linear(1, 2)'],
    ['a list that holds itself', 'x = [1]\nx.append(x)\ny = x == 1\nnn.Linear(1, 2)'],
    ['lists of lists', 'x = [1]\nfor i in range(40):\n    x = [x, x]\ny = x == 1\nnn.Linear(1, 2)'],
    [
      'lists of lists of tensors',
      'x = [layers.Input((3,))]\nfor i in range(40):\n    x = [x, x]\ny = layers.Dense(2)(layers.Add()(x) + x)',
    ],
    ['chains of chains', 'x = nn.Sequential()\nfor i in range(40):\n    x = nn.Sequential(x, x)\ny = x(z)\nnn.Linear(1, 2)'],
    ['many lists zipped', `x = [1] * 2000\ny = [x] * 2000\nfor i in range(7):\n    y = y + y\nz = zip(*y)\nnn.Linear(1, 2)`],
    ['nothing, many times', 'x = [] * 5000000000\ny = [] * 1000000000\nnn.Linear(1, 2)'],
    ['a long list, many times', 'x = [1] * 2000\nfor i in range(2000):\n  for j in range(40):\n    y = x * 1\nnn.Linear(1, 2)'],
    ['a long list, looked at many times', `${longList}for i in range(2000):\n  for j in range(40):\n    y = x == 1\nnn.Linear(1, 2)`],
    ['a long list, given many times', `${longList}for i in range(2000):\n  for j in range(40):\n    y = int(x)\nnn.Linear(1, 2)`],
    ['a long dictionary, taken apart many times', `${longDict}for i in range(2000):\n  for j in range(40):\n    f(**x)\nnn.Linear(1, 2)`],
    [
      'a long dictionary, of which a loop looks at the first key, many times',
      `${longDict}def f():\n  for k in x:\n    return 1\nfor i in range(2000):\n  for j in range(40):\n    f()\nnn.Linear(1, 2)`,
    ],
    ['a long dictionary, zipped many times', `${longDict}for i in range(2000):\n  for j in range(40):\n    zip(x, [])\nnn.Linear(1, 2)`],
    ['long dictionaries for pairs', `${longDict}y = [x] * 2000\nfor i in range(2000):\n  OrderedDict(y)\nnn.Linear(1, 2)`],
    ['many targets, many times', `y = []\nfor i in range(2000):\n  for j in range(40):\n    ${manyNames} = y\nnn.Linear(1, 2)`],
    [
      'many parameters, many times',
      `def f(${manyNames}):\n  return 1\nfor i in range(2000):\n  for j in range(40):\n    f()\nnn.Linear(1, 2)`,
    ],
    ['many parameters of many', `${longList}def f(${manyNames}):\n  return 1\nfor i in range(2000):\n  f(*x)\nnn.Linear(1, 2)`],
    [
      'many methods, handed on many times',
      `class A:\n${Array.from({ length: 5_000 }, (_, at) => `  def f${at}(): return 1\n`).join('')}for i in range(2000):\n  for j in range(40):\n    class B(A):\n      x = 1\nnn.Linear(1, 2)`,
    ],
    ['a long text, many times over', `${longText}x = [s] * 2000\ny = x == x\ny = int(x)\ny = layers.Dense(2, foo=x)(y)`],
    ['a long text, compared many times', `${longText}for i in range(2000):\n  for j in range(40):\n    y = s == s\nnn.Linear(1, 2)`],
    ['a name that grows', `x = a\nfor i in range(2000):\n  for j in range(40):\n    x = x.${'b'.repeat(10_000)}\nnn.Linear(1, 2)`],
    [
      'chains of many layers, many times',
      'for i in range(10):\n  for j in range(2000):\n    nn.ReLU()\nx = [nn.ReLU() for i in range(2000)]\nfor i in range(2000):\n  nn.Sequential(*x)',
    ],
    ['a list that grows by itself', 'x = [1]\nfor i in range(40):\n    x.extend(x)\nnn.Linear(1, 2)'],
    ['a list at the head of itself', 'x = [nn.ReLU()]\nx.insert(0, x)\nnn.Sequential(*x)'],
    [
      'a layer that is made of layers, many times',
      'x = layers.Dense(2)\nfor i in range(100):\n  for j in range(100):\n    x = layers.TimeDistributed(x)\ny = x(layers.Input((3, 3)))',
    ],
    ['a long sum', `x = a${' + a'.repeat(20_000)}\nnn.Linear(1, 2)`],
    ['a long sum in what nothing calls', `def f(x):\n  y = x${' + a'.repeat(20_000)}\n  return nn.ReLU()(x)`],
    ['a line of spaces in a printed module', `Sequential(\n  (0): ReLU()\n)\n${' '.repeat(350_000)}x`],
    ['a line of beginnings of comments', `nn.Linear(1, 2)\ndef ${':#'.repeat(150_000)}\u2028x $`],
    ['too long', `nn.Linear(1, 2)${' '.repeat(500_000)}`],
    ['names of objects', 'nn.Sequential(nn.Linear(1, 2), nn.__proto__(), nn.Constructor(__proto__=3))'],
  ])('%s: an answer or an error with a line, at once', (_name, text) => {
    const result = importCode(text, 'channelsLast');
    if (result && !result.ok) expect(result.error.line).toBeGreaterThan(0);
    expect(result).toBeDefined();
  });
});
