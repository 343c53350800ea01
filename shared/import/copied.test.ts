import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { inputFor, withEnds } from './checkSizes';
import { importCode, type ImportedCode } from './importCode';

/** Texts in the forms in which people copy them: out of notebooks, manuals, answers and blogs, with what stands around the code. */
function imported(text: string): ImportedCode {
  const result = importCode(text, 'channelsLast');
  if (!result?.ok) throw new Error(result ? `line ${result.error.line}: ${result.error.message}` : 'not recognised');
  return result.value;
}

const types = ({ clip }: ImportedCode) =>
  Object.values(clip.graph.nodes)
    .map(({ type }) => type)
    .join(' ');
const told = ({ notes }: ImportedCode) => notes.map(({ line, text }) => `${line}: ${text}`);

describe('what stands around code on a page', () => {
  it('prompts, magics and results of a notebook', () => {
    const code = imported(
      'In [1]:\n%matplotlib inline\n!pip install keras\nfrom keras.layers import Dense\n\nIn [2]: x = Input((4,))\nIn [ ]:\ny = Dense(2)(x)\nOut[2]: <KerasTensor shape=(None, 2)>\n',
    );
    expect(types(code)).toBe('input dense output');
    expect(told(code)).toEqual([]);
  });

  it('sentences before and behind fences, which are no Python', () => {
    const code = imported("Here's a small net:\n\n```python\nnet = nn.Sequential(nn.Linear(4, 2), nn.ReLU())\n```\n\nIt's small (very).");
    expect(types(code)).toBe('dense relu');
    expect(told(code)).toEqual([]);
  });

  it('sentences and what a program printed, without fences, are told once', () => {
    const code = imported(
      'With padding:\n\nmodel = Sequential()\nmodel.add(Dense(2, input_shape=(4,)))\n\nThe summary of it is:\n____________\n Layer (type)     Output Shape   Param #\n============\nTotal params: 10',
    );
    expect(types(code)).toBe('input dense output');
    expect(told(code)).toEqual(['1: This is no code and is left out, and so are others: lines 1, 6, 8–10.']);
  });

  it('numbers of lines, before the lines and in a column of their own', () => {
    const lines = [
      'from keras.layers import Dense',
      '',
      'model = Sequential()',
      "model.add(Dense(2, activation='relu'))",
      'model.add(Dense(1))',
    ];
    const numbered = lines.map((line, index) => `${index + 9} ${line}`.trimEnd()).join('\n');
    const column = `${lines.map((_, index) => index + 1).join('\n')}\n${lines.join('\n')}`;
    for (const text of [numbered, column]) expect(types(imported(text))).toBe('dense relu dense');
  });

  it('curly quotes', () => {
    const code = imported(
      'model = Sequential()\nmodel.add(Dense(12, input_dim=8, activation=’relu’))\nmodel.add(Dense(1, activation=“sigmoid”))',
    );
    expect(types(code)).toBe('input dense relu dense sigmoid output');
  });

  it('a module that is printed behind the code that makes it', () => {
    const code = imported(
      'class Net(nn.Module):\n  def __init__(self):\n    super().__init__()\n    self.fc = nn.Linear(4, 2)\n  def forward(self, x):\n    return torch.tanh(self.fc(x))\n\nprint(Net())\n\nNet(\n  (fc): Linear(in_features=4, out_features=2, bias=True)\n)\n',
    );
    expect(types(code)).toBe('dense tanh');
  });

  it('a line with a layer is not left out for what is wrong in it', () => {
    expect(importCode('x = 1\nnet = nn.Sequential(nn.Linear(4, 2) nn.ReLU())', 'channelsLast')).toMatchObject({
      ok: false,
      error: { line: 2 },
    });
    expect(importCode('class N(nn.Module):\ndef forward(self, x):\nreturn nn.Linear(4, 2)(x)', 'channelsLast')).toEqual({
      ok: false,
      error: { line: 1, message: 'Nothing is indented after the “:”. If the spaces were lost in copying, put them back.' },
    });
  });

  it('thousands of lines that are no code are an answer or an error, soon', () => {
    const text = `${'not code at all here\n'.repeat(15_000)}nn.Linear(1, 2)`;
    expect(importCode(text, 'channelsLast')).toMatchObject({ ok: false });
  });
});

describe('what the text leaves to whoever uses it', () => {
  it('a function that makes the network and that nothing calls', () => {
    const code = imported(
      'def block(x, n):\n  x = layers.Conv2D(n, 3)(x)\n  return layers.ReLU()(x)\n\ndef build_model(input_shape=(8, 8, 3)):\n  inputs = keras.Input(shape=input_shape)\n  return keras.Model(inputs, block(inputs, 16))',
    );
    expect(types(code)).toBe('input conv2d relu output');
    expect(told(code)).toEqual(['5: Nothing calls “build_model”; it was followed with the values that stand in it.']);
  });

  it('of several such functions the last, and the others are named', () => {
    const code = imported(
      'def generator():\n  return keras.Sequential([layers.Dense(4)])\n\ndef discriminator(n_classes):\n  return keras.Sequential([layers.Flatten(), layers.Dense(n_classes)])',
    );
    expect(types(code)).toBe('flatten dense');
    expect(told(code)).toEqual([
      '4: Nothing calls “discriminator”; it was followed with the values that stand in it. Not followed: “generator”.',
      '5: Dense: the text does not say what n_classes is; units keeps its default.',
    ]);
  });

  it('a loop in it of which nobody knows how often it goes round is followed once', () => {
    const code = imported('def net(x, depth):\n  for _ in range(depth):\n    x = layers.Dense(8)(x)\n  return layers.Softmax()(x)');
    expect(types(code)).toBe('dense softmax');
    expect(told(code)[1]).toBe('2: How often this loop goes round is not in the text; it was followed once.');
  });

  it('a key of a table of settings', () => {
    const code = imported(
      "cfg = {'A': [4, 'M'], 'B': [8, 8]}\nclass N(nn.Module):\n  def __init__(self, name):\n    self.f = self.make(cfg[name])\n  def make(self, sizes):\n    layers = []\n    for v in sizes:\n      layers += [nn.MaxPool2d(2)] if v == 'M' else [nn.Conv2d(3, v, 3)]\n    return nn.Sequential(*layers)\n  def forward(self, x):\n    return self.f(x)",
    );
    expect(types(code)).toBe('conv2d maxPooling2d');
    expect(told(code)).toEqual(['4: Which of 2 is meant is not in the text; “A”, the first, was taken.']);
  });

  it('a class without a forward says so', () => {
    const code = imported('class N(nn.Module):\n  def __init__(self):\n    self.a = nn.Linear(4, 8)\n    self.b = nn.Linear(8, 2)');
    expect(types(code)).toBe('dense dense');
    expect(told(code)).toEqual(['1: “N” does not say how its layers are wired; they are wired in the order in which they stand.']);
  });

  it('an input of which the text does not say the size stays open', () => {
    const code = imported('x = keras.Input(shape=shape)\ny = layers.Dense(4)(x)');
    expect(types(code)).toBe('dense');
    expect(code.open).toHaveLength(1);
  });
});

describe('code around a network', () => {
  it('a loop that trains draws the network once, without losses and optimizers', () => {
    const code = imported(
      'model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Flatten(0, 1))\nloss_fn = torch.nn.MSELoss()\noptimizer = torch.optim.Adam(model.parameters(), lr=1e-3)\nfor t in range(200):\n  loss = loss_fn(model(xx), y)\n  optimizer.zero_grad()\n  loss.backward()\n  optimizer.step()\nplt.plot(model(xx))',
    );
    expect(types(code)).toBe('dense flatten');
    expect(code.unknown).toEqual([]);
  });

  it('losses that are written out, in a loop and in functions, are no layers', () => {
    const model = 'model = nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 1))\n';
    for (const loss of [
      'loss = (model(X) - y).pow(2).mean()',
      'loss = ((model(X) - y) ** 2).mean()',
      'loss = criterion(model(x), y)',
      'out = model(x)\nloss = F.mse_loss(out, y) + 0.1 * torch.mean(torch.abs(out))',
      'y = torch.randn(8, 1)\nloss = (y - model(x)).abs().sum()',
      'def mse(a, b):\n  return ((a - b) ** 2).mean()\nloss = mse(model(x), y)',
      'class Mse(nn.Module):\n  def forward(self, a, b):\n    return ((a - b) ** 2).mean()\ncriterion = Mse()\nloss = criterion(model(x), y)',
      'def train():\n  for x, y in loader:\n    loss = (model(x) - y).pow(2).mean()\n    loss.backward()\ntrain()',
    ]) {
      const code = imported(model + loss);
      expect(types(code), loss).toBe('dense dense');
      expect(code.unknown, loss).toEqual([]);
      expect(code.open, loss).toHaveLength(1);
    }
  });

  it('models that are wired outside of any function are wired', () => {
    const parts = 'a = nn.Sequential(nn.Linear(4, 8))\nb = nn.Sequential(nn.Linear(4, 8))\nhead = nn.Sequential(nn.Linear(8, 2))\n';
    expect(types(imported(`${parts}y = head(F.relu(a(x) + b(x)))`))).toBe('dense dense add relu dense');
    expect(types(imported(`${parts}y = head(torch.cat([a(x), b(x)], 1))`))).toBe('dense dense concatenate dense');
  });

  it('what moves or copies a tensor keeps it', () => {
    for (const moved of [
      'x.cpu()',
      'x.to(device)',
      'x.detach()',
      'x.contiguous()',
      'x.float()',
      'Variable(x)',
      'torch.autograd.Variable(x.cuda())',
    ]) {
      const lines = `x = self.a(x)\nx = ${moved}\nx = self.b(x)`;
      const inside = imported(
        `class N(nn.Module):\n  def __init__(self):\n    self.a = nn.Linear(4, 8)\n    self.b = nn.Linear(8, 2)\n  def forward(self, x):\n    ${lines.replaceAll('\n', '\n    ')}\n    return x`,
      );
      expect(types(inside), moved).toBe('dense dense');
      expect(inside.open, moved).toHaveLength(1);
      const first = imported(`fc = nn.Linear(4, 2)\nx = ${moved}\ny = fc(x)`);
      expect(first.open, moved).toHaveLength(1);
    }
  });

  it('sizes that are printed are not what a network is tried with', () => {
    const text = 'net = nn.Sequential(nn.Conv2d(3, 8, 3))\nx = torch.randn(1, 3, 64, 48)\n';
    expect(imported(`${text}print(x.shape, (3, 32, 32))\ny = net(x)`).tried).toEqual([64, 48, 3]);
    expect(imported(`${text}print(net, (3, 32, 32))`).tried).toEqual([64, 48, 3]);
    expect(imported(`${text}summary(net, (3, 32, 32))`).tried).toEqual([32, 32, 3]);
  });

  it('of two models under one name the later one is meant; an optimizer beside it is no layer', () => {
    const code = imported('m = Sequential([Dense(4)])\nm = Sequential([Dense(8), Dense(2)])\nopt = Adam(learning_rate=0.1)');
    expect(types(code)).toBe('dense dense');
    expect(told(code)).toEqual([]);
  });

  it('what a network is tried with says the size of its input', () => {
    const code = imported('net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten())\nnet(torch.randn(2, 3, 40, 48))');
    expect(code.tried).toEqual([40, 48, 3]);
    const volumes = 'net = nn.Sequential(nn.Conv3d(3, 8, 3))\nnet(torch.randn(2, 3, 16, 40, 48))';
    expect(imported(volumes).tried).toEqual([16, 40, 48, 3]);
    const first = importCode(volumes, 'channelsFirst');
    expect(first?.ok && inputFor(first.value)).toEqual([3, 16, 40, 48]);
    expect(inputFor(code)).toEqual([40, 48, 3]);
  });

  it('an image that is flattened first is square', () => {
    expect(inputFor(imported('nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, 10))'))).toEqual([28, 28, 1]);
    expect(inputFor(imported('nn.Sequential(nn.Flatten(), nn.Linear(3072, 10))'))).toEqual([32, 32, 3]);
    expect(inputFor(imported('nn.Sequential(nn.Flatten(), nn.Linear(300, 10))'))).toEqual([10, 10, 3]);
    expect(inputFor(imported('nn.Sequential(nn.Flatten(), nn.Linear(11, 10))'))).toEqual([11]);
  });
});

describe('layers made of layers, and lists that are turned', () => {
  it('Bidirectional and TimeDistributed of Keras, bidirectional of PyTorch', () => {
    const keras = imported(
      "Sequential([Embedding(1000, 16, input_length=100), Bidirectional(LSTM(8, return_sequences=True), merge_mode='sum'), TimeDistributed(Dense(4))])",
    );
    expect(types(keras)).toBe('input embedding bidirectional dense output');
    const [input, , both] = Object.values(keras.clip.graph.nodes);
    expect(input?.params).toEqual({ shape: [100], dtype: 'int32' });
    expect(both?.params).toMatchObject({ layer: 'lstm', units: 8, returnSequences: true, mergeMode: 'sum' });
    expect(told(keras)).toEqual([]);
    const torch = imported('nn.Sequential(nn.GRU(16, 8, num_layers=2, bidirectional=True))');
    expect(types(torch)).toBe('bidirectional bidirectional');
    expect(Object.values(torch.clip.graph.nodes)[0]?.params).toMatchObject({ layer: 'gru', units: 8, returnSequences: true });
    expect(told(torch)).toEqual([]);
    expect(imported('Sequential([TimeDistributed(Conv2D(4, 3))])').unknown).toHaveLength(1);
  });

  it('what Bidirectional cannot keep is told', () => {
    const both = (args: string) => imported(`Sequential([Input((9, 4)), Bidirectional(${args})])`);
    const params = (code: ImportedCode) => Object.values(code.clip.graph.nodes)[1]?.params;
    expect(params(both("LSTM(8), 'sum'"))).toMatchObject({ mergeMode: 'sum' });
    expect(told(both('LSTM(8), backward_layer=LSTM(8, go_backwards=True)'))).toEqual([]);
    expect(told(both('LSTM(8, dropout=0.2), backward_layer=LSTM(4, go_backwards=True)'))).toEqual([
      '1: Bidirectional: backward_layer has another units, dropout; here both directions are like the first layer.',
    ]);
    expect(told(both('LSTM(8), backward_layer=GRU(8)'))).toEqual([
      '1: Bidirectional: backward_layer is of another kind; here both directions are like the first layer.',
    ]);
    expect(told(both('LSTM(8), backward_layer=other'))).toEqual([
      '1: Bidirectional: backward_layer is not known; both directions are alike here.',
    ]);
    expect(told(both('GRU(8, go_backwards=True), merge_mode=None'))).toEqual([
      '1: Bidirectional: merge_mode=None cannot be; both outputs are put side by side.',
      '1: Bidirectional: go_backwards=True of its layer has no counterpart here and is left out.',
    ]);
  });

  it('Keras 1 merges by a mode, by name or in its place, tensors or whole models', () => {
    const merged = (call: string) => types(imported(`a = Input(shape=(4,))\nb = Dense(4)(a)\nc = ${call}`));
    expect(merged("merge([a, b], 'concat')")).toBe('input dense concatenate output');
    expect(merged("merge([a, b], mode='mul')")).toBe('input dense multiply output');
    expect(merged('merge([a, b])')).toBe('input dense add output');
    expect(merged("Merge([a, b], mode='ave')")).toBe('input dense average output');
    const code = imported(
      "left = Sequential([Dense(8, input_dim=4)])\nright = Sequential([Dense(8, input_dim=6)])\nmodel = Sequential()\nmodel.add(Merge([left, right], mode='concat'))\nmodel.add(Dense(2))",
    );
    expect(types(code)).toBe('input dense input dense concatenate dense output');
    expect(told(code)).toEqual([]);
    expect(imported('a = Input((4,))\nb = Dense(4)(a)\nc = merge([a, b], mode=lambda x: x[0])').unknown).toHaveLength(1);
  });

  it('a part of a list of which nobody knows where it ends is told', () => {
    const code = imported('x = layers.Dense(4)(x)\nfor n in [1, 2, 3][:depth]:\n  x = layers.Dense(n)(x)');
    expect(told(code)[0]).toBe('2: Which part of this list is meant is not in the text; it is left out.');
    const tensor = imported(
      'class N(nn.Module):\n  def __init__(self):\n    self.a = nn.Linear(4, 8)\n  def forward(self, x, n):\n    return self.a(x[:, :n])',
    );
    expect(told(tensor)).toEqual(['5: A part of a tensor has no counterpart here; the whole of it is taken.']);
  });

  it('skips that are taken back to front', () => {
    const text = (taken: string) =>
      `x = layers.Dense(4)(x)\nsizes = [1, 2, 3]\nskips = []\nfor n in sizes:\n  skips.append(n)\n${taken}\n  x = layers.Dense(n)(x)`;
    const units = (taken: string) =>
      Object.values(imported(text(taken)).clip.graph.nodes)
        .slice(1)
        .map(({ params }) => params['units']);
    expect(units('skips.reverse()\nfor n in skips:')).toEqual([3, 2, 1]);
    expect(units('for n in reversed(skips):')).toEqual([3, 2, 1]);
    expect(units('for n in skips[::-1]:')).toEqual([3, 2, 1]);
    expect(units('for n in skips[1:]:')).toEqual([2, 3]);
    expect(units('for n in skips[:-1]:')).toEqual([1, 2]);
    expect(units('for n in [skips.pop(), skips.pop(0)]:')).toEqual([3, 1]);
  });

  it('zeros of a transposed convolution that PyTorch cuts off: the sizes are PyTorch’s', () => {
    // nn.ConvTranspose2d: (n − 1)·stride − 2·padding + kernel + output_padding.
    for (const [options, size] of [
      ['4, 2, 1', 16],
      ['5, stride=2, padding=1', 17],
      ['5, stride=2, padding=2, output_padding=1', 16],
      ['3, stride=1, padding=1', 8],
      ['4, 1, 0', 11],
    ] as const) {
      const code = imported(`nn.Sequential(nn.ConvTranspose2d(3, 6, ${options}))`);
      const document = withEnds(code, [8, 8, 3]);
      const output = [...analyze(document).nodes.entries()].find(([path]) => path.startsWith('output'))?.[1];
      expect(output?.inputs['x']?.shape.slice(1), options).toEqual([size, size, 6]);
      expect(told(code), options).toEqual([]);
    }
  });
});

describe('forms in which others publish their networks', () => {
  const lstm = (forward: string, options = 'batch_first=True') =>
    imported(
      `class N(nn.Module):\n  def __init__(self):\n    self.rnn = nn.LSTM(28, 100, ${options})\n    self.fc = nn.Linear(100, 10)\n  def forward(self, x):\n${forward
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n')}`,
    );
  const given = ({ clip }: ImportedCode) => Object.values(clip.graph.nodes).map(({ params }) => params['returnSequences']);

  it('a recurrent layer of which only the last step or the last state is read gives only that', () => {
    for (const forward of [
      'out, (hn, cn) = self.rnn(x, (h0, c0))\nreturn self.fc(out[:, -1, :])',
      'out, _ = self.rnn(x)\nreturn self.fc(out[:, -1])',
      'out, _ = self.rnn(x)\nreturn self.fc(out[-1])',
      '_, (hn, _) = self.rnn(x)\nreturn self.fc(hn[-1])',
      '_, hn = self.rnn(x)\nreturn self.fc(hn.squeeze(0))',
    ]) {
      const code = lstm(forward);
      expect(types(code), forward).toBe('lstm dense');
      expect(given(code), forward).toEqual([false, undefined]);
      expect(told(code), forward).toEqual([]);
      expect(code.open, forward).toHaveLength(1);
    }
    expect(given(lstm('out, _ = self.rnn(x)\nreturn self.fc(out)'))).toEqual([true, undefined]);
    const both = lstm('out, (h, _) = self.rnn(x)\nreturn self.fc(out) + self.fc(h[-1])');
    expect(given(both)[0]).toBe(true);
    expect(told(both)[0]).toBe('3: Both all steps and the last one of this layer are read; here all of them are.');
    expect(told(lstm('out, _ = self.rnn(x)\nreturn self.fc(out[:, 3, :])'))).toEqual([
      '7: A part of a tensor has no counterpart here; the whole of it is taken.',
    ]);
  });

  it('the last states of both directions, joined, are what both give last', () => {
    const code = lstm('_, (h, c) = self.rnn(x)\nreturn self.fc(torch.cat((h[-2,:,:], h[-1,:,:]), dim=1))', 'bidirectional=True');
    expect(types(code)).toBe('bidirectional dense');
    expect(given(code)).toEqual([false, undefined]);
  });

  it('Keras 1’s words, and its kernels of rows and columns', () => {
    const code = imported(
      "m = Sequential()\nm.add(Convolution2D(32, 3, 5, border_mode='same', subsample=(2, 2), init='he_normal', W_regularizer=l2(0.01), input_shape=(28, 28, 1)))\nm.add(MaxPooling1D(pool_length=2))\nm.add(Dropout(p=0.25))\nm.add(Dense(output_dim=8, bias=False))\nm.add(Embedding(output_dim=4, input_dim=9))",
    );
    expect(told(code)).toEqual([]);
    const [, conv, pool, dropout, dense, embedding] = Object.values(code.clip.graph.nodes).map(({ params }) => params);
    expect(conv).toMatchObject({ filters: 32, kernelSize: [3, 5], padding: 'same', strides: [2, 2], kernelInitializer: 'heNormal' });
    expect(conv?.['kernelRegularizer']).toMatchObject({ l2: 0.01 });
    expect(pool).toMatchObject({ poolSize: 2 });
    expect(dropout).toMatchObject({ rate: 0.25 });
    expect(dense).toMatchObject({ units: 8, useBias: false });
    expect(embedding).toMatchObject({ inputDim: 9, outputDim: 4 });
    // Of later versions three numbers in a row are filters, kernel and strides.
    expect(Object.values(imported('x = Conv2D(32, 3, 2)(x)').clip.graph.nodes)[0]?.params).toMatchObject({ strides: [2, 2] });
  });

  it('a recurrent layer’s activation is its own', () => {
    const code = imported("Sequential([Input((9, 4)), LSTM(8, activation='relu'), Dense(1, activation='relu')])");
    expect(types(code)).toBe('input lstm dense relu output');
    expect(Object.values(code.clip.graph.nodes)[1]?.params).toMatchObject({ activation: 'relu' });
    expect(types(imported("Sequential([Input((9, 4)), Bidirectional(LSTM(8, activation='relu'))])"))).toBe('input bidirectional output');
  });

  it('an __init__ of which Markdown took the underscores', () => {
    for (const init of ['init', '_init_']) {
      const code = imported(
        `class N(nn.Module):\n  def ${init}(self):\n    super(N, self).${init}()\n    self.fc = nn.Linear(4, 2)\n  def forward(self, x):\n    return self.fc(x)`,
      );
      expect(types(code), init).toBe('dense');
    }
  });

  it('blocks in a Sequential of names are used once, in their places', () => {
    const code = imported(
      "class Block(nn.Module):\n  def __init__(self, n):\n    super().__init__()\n    self.a = nn.Conv2d(n, n, 3)\n    self.b = nn.Sequential(nn.ReLU())\n  def forward(self, x):\n    return self.b(self.a(x))\nnet = nn.Sequential(OrderedDict([('stem', nn.Conv2d(3, 8, 4)), ('one', Block(8)), ('two', Block(8))]))",
    );
    expect(types(code)).toBe('conv2d conv2d relu conv2d relu');
    expect(told(code)).toEqual([]);
  });

  it('a guard of shapes that differ is not followed, and interpolate is an upsampling', () => {
    const code = imported(
      'class N(nn.Module):\n  def __init__(self):\n    self.a = nn.Conv2d(3, 8, 3, padding=1)\n  def forward(self, x):\n    y = F.interpolate(self.a(x), scale_factor=2)\n    z = self.a(F.interpolate(x, scale_factor=2))\n    if y.shape != z.shape:\n      y = nope(y, size=z.shape[2:])\n    return torch.cat((y, z), dim=1)',
    );
    expect(types(code)).toBe('conv2d upSampling2d upSampling2d conv2d concatenate');
    expect(code.unknown).toEqual([]);
  });
});
