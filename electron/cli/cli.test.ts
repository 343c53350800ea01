import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { newDocument } from '../../shared/document/create';
import { serializeDocument } from '../../shared/document/serialize';
import { preparedNetwork } from '../../shared/testing/networks';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'skipwire-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = join(root, 'out', 'node', 'cli.js');
const environment = { ...process.env, NO_COLOR: '1', SKIPWIRE_USER_DATA: join(folder, 'user') };
const sample = (name: string) => join(root, 'assets', 'samples', `${name}.skip.json`);

function skipwire(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', env: environment });
  return { code: status, out: stdout, err: stderr };
}

/** Ctrl+C in a terminal: it reaches the engine's process, too. */
function interrupt({ pid }: ChildProcess): void {
  process.kill(process.platform === 'win32' ? Number(pid) : -Number(pid), 'SIGINT');
}

describe('skipwire stats', () => {
  it('writes a table that spreadsheets read, sorted by a column', () => {
    const { code, out } = skipwire('stats', sample('digits-resnet'), '--csv', '--sort', 'macs');
    const lines = out.split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe('name,layer,output,parameters,macs,memory,kept,intensity,field,stride');
    expect(lines[1]).toBe('block1/conv2a,Conv2D,8×8×16,2304,147456,4096,4096,16.9,5×5,1');
    expect(lines).toContain('block1/shortcut,Shortcut,"8×8×16, 8×8×16",64,0,8192,8192,0,3×3,1');
  });

  it('ends with 2 for a column that there is not, and names those that there are', () => {
    expect(skipwire('stats', sample('digits-resnet'), '--sort', 'size')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Allowed choices are name, layer, output') as string,
    });
  });
});

describe('skipwire sweep', () => {
  it('says for which sizes a network works, and what breaks first at the others', () => {
    const { code, out } = skipwire('sweep', sample('mismatched-add'), '--from', '32', '--to', '40');
    expect(code).toBe(1);
    expect(out).toContain('0 of 9 sizes from 32 to 40 work');
    expect(out).toContain('add2');
    expect(skipwire('sweep', sample('digits-resnet'), '--from', '8', '--to', '12', '--json')).toMatchObject({ code: 0 });
  });

  it('ends with 2 for sizes that are none', () => {
    expect(skipwire('sweep', sample('digits-resnet'), '--from', '9', '--to', 'x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--to') as string,
    });
  });
});

describe('skipwire diff', () => {
  const changed = join(folder, 'changed.skip.json');
  writeFileSync(changed, readFileSync(sample('digits-resnet'), 'utf8').replace('"epochs": 15', '"epochs": 21'));

  it('ends with 0 where nothing changed, 1 where something did, 2 where a file cannot be read', () => {
    expect(skipwire('diff', sample('digits-resnet'), sample('digits-resnet'))).toMatchObject({ code: 0, out: 'No difference.\n' });
    const { code, out } = skipwire('diff', sample('digits-resnet'), changed, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      same: false,
      totals: { before: { layers: 22 } },
      layers: [],
      settings: [{ field: 'training.epochs', before: 15, after: 21 }],
    });
    expect(skipwire('diff', sample('digits-resnet'), join(folder, 'gone.skip.json'))).toMatchObject({ code: 2 });
    expect(skipwire('diff', sample('digits-resnet'))).toMatchObject({ code: 2, err: expect.stringContaining('0 saves of this') as string });
  });

  it('is a diff driver of Git, also where a network is new, and where a version cannot be read', () => {
    const repository = mkdtempSync(join(folder, 'repository-'));
    const git = (...args: readonly string[]) =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: repository, encoding: 'utf8', env: environment });
    git('init', '-q');
    git('config', 'diff.skipwire.command', `'${process.execPath}' '${cli}' diff`);
    writeFileSync(join(repository, '.gitattributes'), '*.skip.json diff=skipwire\n');
    const file = join(repository, 'net.skip.json');
    copyFileSync(sample('digits-plain'), file);
    git('add', '.');
    git('commit', '-qm', 'plain');
    copyFileSync(sample('digits-resnet'), file);
    const edited = git('diff');
    expect(edited).toMatchObject({ status: 0, stderr: '' });
    expect(edited.stdout).toMatch(/^--- a\/net\.skip\.json\n\+\+\+ b\/net\.skip\.json\n[^]*\+ residual block {2}7 layers\n/);
    expect(spawnSync('sh', ['-c', 'git diff | head -1'], { cwd: repository, encoding: 'utf8', env: environment })).toMatchObject({
      stdout: '--- a/net.skip.json\n',
      stderr: '',
    });
    writeFileSync(file, '<<<<<<< ours');
    expect(git('diff')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^b\/net\.skip\.json: (?!.*net)/) as string });
    git('checkout', '-q', 'net.skip.json');
    git('mv', 'net.skip.json', 'renamed.skip.json');
    expect(git('diff', '--ext-diff', '-M', 'HEAD').stdout).toBe('--- a/net.skip.json\n+++ b/renamed.skip.json\nNo difference.\n');
    git('reset', '-q', '--hard');
    expect(git('show', '--ext-diff', 'HEAD').stdout).toContain('+ Conv2D conv1');
  });
});

describe('skipwire picture', () => {
  it('writes the format that the name ends in, and says which there are', () => {
    for (const [ending, start] of [
      ['svg', '<svg '],
      ['pdf', '%PDF-'],
      ['png', '\u0089PNG'],
    ] as const) {
      const out = join(folder, `figure.${ending}`);
      expect(skipwire('picture', sample('digits-resnet'), '--out', out)).toMatchObject({ code: 0 });
      expect(readFileSync(out, 'latin1').startsWith(start)).toBe(true);
    }
    const tall = join(folder, 'tall.svg');
    expect(skipwire('picture', sample('digits-resnet'), '--direction', 'down', '--out', tall)).toMatchObject({ code: 0 });
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(readFileSync(tall, 'utf8')) ?? [];
    expect(Number(height)).toBeGreaterThan(3 * Number(width));
    expect(skipwire('picture', sample('digits-resnet'), '--out', join(folder, 'figure.gif'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('.svg, .pdf or .png') as string,
    });
    expect(skipwire('picture', sample('digits-resnet'), '--block', 'none', '--out', join(folder, 'a.svg'))).toMatchObject({ code: 2 });
  });
});

describe('skipwire check', () => {
  it('looks at many files, with a summary, and ends with 2 where one cannot be read', () => {
    expect(skipwire('check', sample('digits-resnet'), sample('mismatched-add'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('2 files: 1 error') as string,
    });
    expect(skipwire('check', sample('digits-resnet'), join(folder, 'none.skip.json'))).toMatchObject({
      code: 2,
      out: expect.stringMatching(/digits-resnet\.skip\.json: No problems\.[^]*1 not read/) as string,
    });
  });

  it('mends each of many files that can be read, and ends with 2 where one cannot', () => {
    const file = join(folder, 'amongMany.skip.json');
    copyFileSync(sample('mismatched-add'), file);
    const { code, out } = skipwire('check', join(folder, 'none.skip.json'), file, '--fix', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      files: [
        { ok: false, failure: { code: 'E_GONE' } },
        { file, ok: true, saved: true },
      ],
    });
    expect(skipwire('check', file, '--fix', '--sarif')).toMatchObject({ code: 2, err: expect.stringContaining('--json') as string });
  });

  it('speaks SARIF and GitHub’s annotations', () => {
    const { code, out } = skipwire('check', sample('mismatched-add'), '--sarif');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'Skipwire' } }, results: [{ ruleId: 'shape/add-stride', level: 'error' }] }],
    });
    expect(skipwire('check', sample('mismatched-add'), '--format', 'github').out).toMatch(
      /^::error file=.*,title=shape\/add-stride::Add "add2"/,
    );
  });

  it('holds a network to limits, and to another size of its image', () => {
    expect(skipwire('check', sample('digits-resnet'), '--max-params', '1k', '--max-macs', '4G')).toMatchObject({
      code: 1,
      out: expect.stringContaining('[limit/parameters]') as string,
    });
    expect(skipwire('check', sample('digits-resnet'), '--input', '16x16')).toMatchObject({ code: 0 });
    expect(skipwire('check', sample('digits-resnet'), '--input', '16')).toMatchObject({ code: 2 });
  });

  it('is content with a network without problems', () => {
    expect(skipwire('check', sample('digits-resnet'))).toMatchObject({ code: 0, out: expect.stringContaining('No problems.') as string });
  });

  it('ends with 1 where there is an error, and says it in the words of the editor', () => {
    const { code, out } = skipwire('check', sample('mismatched-add'));
    expect(code).toBe(1);
    expect(out).toContain('Add "add2": inputs differ in height, width and channels: conv2b gives 28×28×128, shortcut1 gives 56×56×64.');
    expect(out).toContain('Where they part: Both come from shortcut1');
  });

  it('speaks JSON', () => {
    const { code, out } = skipwire('check', sample('mismatched-add'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ code: 'shape/add-stride', path: 'add2' }] });
  });

  it('offers proven repairs, and makes the first of each with --fix', () => {
    const file = join(folder, 'mended.skip.json');
    copyFileSync(sample('mismatched-add'), file);
    expect(skipwire('check', file).out).toMatch(
      / 1 {2}Project the shortcut: shortcut1 with 128 filters, strides 2 +\+8,192 parameters · \+6\.42 M MACs/,
    );
    const dry = skipwire('check', file, '--fix-dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('1 problem would be repaired, 0 left') as string });
    expect(skipwire('check', file).code).toBe(1);
    expect(skipwire('check', file, '--fix')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 problem repaired, 0 left') as string,
    });
    expect(skipwire('check', file)).toMatchObject({ code: 0, out: expect.stringContaining('No problems.') as string });
  });

  it('ends with 2 for a file that is none, and names what it is', () => {
    writeFileSync(join(folder, 'broken.skip.json'), '{"format": "skipwire",,}');
    expect(skipwire('check', join(folder, 'broken.skip.json'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/line 1, column 23.*\[E_JSON\]/) as string,
    });
    expect(skipwire('check', join(folder, 'gone.skip.json'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('[E_GONE]') as string,
    });
    expect(skipwire('check', folder)).toMatchObject({ code: 2, err: expect.stringContaining('[E_NOT_FILE]') as string });
  });
});

describe('skipwire open', () => {
  it('says before any window what cannot be opened', () => {
    expect(skipwire('open', join(folder, 'gone.skip.json'))).toMatchObject({ code: 2, err: expect.stringContaining('[E_GONE]') as string });
    writeFileSync(join(folder, 'notes.txt'), '');
    expect(skipwire('open', join(folder, 'notes.txt'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('NAME.skip.json') as string,
    });
  });
});

describe('skipwire new', () => {
  it('writes a known network that has no problem, and never over another file', () => {
    const out = join(folder, 'resnet.skip.json');
    expect(skipwire('new', 'resnet', '--layers', '18', '--outputs', '10', '--size', '64', '--out', out)).toMatchObject({
      code: 0,
      out: expect.stringContaining('11,183,946 trained') as string,
    });
    expect(skipwire('check', out)).toMatchObject({ code: 0, out: expect.stringContaining('No problems.') as string });
    expect(skipwire('new', 'resnet', '--out', out)).toMatchObject({ code: 1, err: expect.stringContaining('is there already') as string });
  });

  it('lists what there is, and names what there is not', () => {
    expect(skipwire('new')).toMatchObject({ code: 0, out: expect.stringMatching(/cifar-resnet .*20, 32, 44/) as string });
    expect(skipwire('new', 'alexandria')).toMatchObject({ code: 2, err: expect.stringContaining('no network "alexandria"') as string });
    expect(skipwire('new', 'resnet', '--layers', '19')).toMatchObject({ code: 2, err: expect.stringContaining('18, 34, 50') as string });
    expect(skipwire('new', 'resnet', '--size', 'big')).toMatchObject({ code: 2 });
    expect(skipwire('new', 'vgg', '--resize', '200')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no square of 224') as string,
    });
    expect(skipwire('new', 'mlp', '--resize', '200')).toMatchObject({
      code: 2,
      err: expect.stringContaining('prepares no images') as string,
    });
  });
});

describe('wrong use', () => {
  it.each([
    ['no such command', ['dance']],
    ['a missing file', ['check']],
    ['an option that is none', ['check', 'x', '--loud']],
    ['an engine that is none', ['train', 'x', '--engine', 'abacus']],
  ])('%s ends with 2 and shows help', (_title, args) => {
    const { code, err } = skipwire(...args);
    expect([code, err.includes('Usage: skipwire')]).toEqual([2, true]);
  });

  it('numbers that make no sense are named', () => {
    expect(skipwire('train', sample('digits-mlp'), '--epochs', '-3', '--out', folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--epochs is "-3"') as string,
    });
  });

  it.each(['check', 'stats', 'train', 'evaluate', 'predict', 'export', 'serve', 'doctor'])('%s has help', (command) => {
    expect(skipwire(command, '--help')).toMatchObject({ code: 0, out: expect.stringContaining(`Usage: skipwire ${command}`) as string });
  });
});

it('says which warnings a document switches off, and why', () => {
  const file = join(folder, 'off.skip.json');
  const reason = 'a part of a larger network';
  const input = { id: 'n1', type: 'input', name: 'image', params: { shape: [8, 8, 1] }, position: { x: 0, y: 0 } };
  const graph = { nodes: { n1: input }, edges: {} };
  const checks = { off: [{ code: 'graph/no-output', reason }] };
  writeFileSync(file, serializeDocument({ ...newDocument('d'), graph, checks }));
  expect(skipwire('check', file).out).toContain(`1 warning is switched off in this document:\n  graph/no-output: ${reason}\n`);
  const { switchedOff } = JSON.parse(skipwire('check', file, '--json').out) as { switchedOff: unknown };
  expect(switchedOff).toMatchObject([{ code: 'graph/no-output', reason }]);
});

describe('a network trained in the terminal', () => {
  it('is evaluated, predicts, and refuses what is no image', () => {
    const runs = join(folder, 'runs');
    expect(skipwire('train', sample('digits-mlp'), '--epochs', '2', '--seed', '1', '--activity', '--out', runs)).toMatchObject({
      code: 0,
      // However short a run is, its layers are looked at once.
      out: expect.stringMatching(
        /^Training digits-mlp on digits with .+: 2 epochs of \d+ steps, .*epoch 2\/2 .*test accuracy \d+\.\d+ %.*Activity of layers at step \d+/s,
      ) as string,
    });
    const { code, out } = skipwire('evaluate', sample('digits-mlp'), '--weights', runs, '--json');
    expect([code, (JSON.parse(out) as { count: number }).count]).toEqual([0, 400]);
    const text = join(folder, 'text.png');
    writeFileSync(text, 'this is text');
    expect(skipwire('predict', sample('digits-mlp'), '--weights', runs, '--image', text)).toMatchObject({
      code: 2,
      err: expect.stringContaining('[E_IMAGE]') as string,
    });
    expect(skipwire('evaluate', sample('digits-resnet'), '--weights', join(folder, 'nowhere'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('[E_GONE]') as string,
    });
  });

  it('prepares photographs of other sizes as its input says, one and a folder of them', async () => {
    const [file, runs] = [join(folder, 'prepared.skip.json'), join(folder, 'prepared')];
    writeFileSync(file, serializeDocument(preparedNetwork()));
    expect(skipwire('train', file, '--epochs', '1', '--out', runs)).toMatchObject({ code: 0 });
    const photo = join(root, 'shared', 'testing', 'photo', 'china.png');
    const { code, out } = skipwire('predict', file, '--weights', runs, '--image', photo, '--json');
    const { classes } = JSON.parse(out) as { classes: readonly { probability: number }[] };
    expect([code, classes.length]).toEqual([0, 10]);
    expect(classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4);
    for (const background of ['red', 'blue']) {
      mkdirSync(join(folder, 'colours', background), { recursive: true });
      for (let index = 0; index < 20; index += 1)
        await sharp({ create: { width: 20 + index, height: 30, channels: 3, background } }).toFile(
          join(folder, 'colours', background, `${index}.${index % 2 === 0 ? 'jpg' : 'png'}`),
        );
    }
    writeFileSync(join(folder, 'colours', 'red', 'broken.png'), 'no picture');
    expect(skipwire('train', file, '--data', join(folder, 'colours'), '--epochs', '15', '--batch', '4', '--out', runs)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/test accuracy 100.00 %[^]*broken\.png/) as string,
    });
    // Which part the broken file is in depends on its name.
    const parts = ['train', 'validation', 'test'].map((split) =>
      skipwire('evaluate', file, '--data', join(folder, 'colours'), '--weights', runs, '--split', split),
    );
    expect(parts.filter(({ out: said }) => /One file could not be read and is left out: red.broken\.png/.test(said))).toHaveLength(1);
    writeFileSync(file, serializeDocument(preparedNetwork()).replace('"resizeDim": 12', '"resizeDim": null'));
    expect(skipwire('predict', file, '--weights', runs, '--image', photo)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is 14×21×3 when it is prepared; the network takes 12×12×3') as string,
    });
  });

  it('that is stopped by Ctrl+C keeps what it has learned', async () => {
    const runs = join(folder, 'stopped');
    const child = spawn(process.execPath, [cli, 'train', sample('digits-mlp'), '--epochs', '10000', '--out', runs], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    let out = '';
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (data) => {
        out += String(data);
        if (out.includes('epoch 2/')) resolve();
      }),
    );
    interrupt(child);
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
    expect(out).toMatch(/Stopping: .*Stopped after \d+ steps.*It goes on with: skipwire train .* --resume last --out /s);
    expect(readdirSync(join(runs, readdirSync(runs)[0] ?? ''))).toContain('weights.safetensors');
  });

  it('shows what rates were tried when Ctrl+C ends that', async () => {
    const child = spawn(process.execPath, [cli, 'find-lr', sample('digits-resnet'), '--batch', '256'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let out = '';
    child.stdout.on('data', (data) => (out += String(data)));
    await new Promise<void>((resolve) => child.stderr.on('data', (data) => String(data).includes('step 10 of 100') && resolve()));
    interrupt(child);
    await new Promise((resolve) => child.once('close', resolve));
    expect(out).toMatch(/1\.0e-6.*Stopped after \d\d of 100 steps\./s);
  });

  it('goes on with a run that was stopped, to the weights of one that never was', async () => {
    const train = [
      'train',
      sample('digits-mlp'),
      '--epochs',
      '60',
      '--optimizer',
      'adam',
      '--ema',
      '0.9',
      '--schedule',
      'plateau,patience=3',
      '--metrics',
      'topKCategoricalAccuracy,k=2,precision,recall,f1Score,auc',
    ];
    const [whole, stopped] = [join(folder, 'whole'), join(folder, 'halved')];
    const child = spawn(process.execPath, [cli, ...train, '--out', stopped], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (data) => {
        out += String(data);
        if (out.includes('epoch 2/')) resolve();
      }),
    );
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(out).toContain('Stopped');
    expect(skipwire('train', sample('digits-mlp'), '--resume', 'last', '--out', stopped)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Going on with digits-mlp on digits with .+, from step [\d,]+ in epoch \d+\/60: 60 epochs/) as string,
    });
    expect(skipwire(...train, '--out', whole)).toMatchObject({ code: 0 });
    const kept = (runs: string, name: string) => readFileSync(join(runs, readdirSync(runs)[0] ?? '', name));
    const weights = (runs: string) => kept(runs, 'weights.safetensors');
    /** All that was measured. */
    const epochsOf = (runs: string) =>
      kept(runs, 'events.jsonl')
        .toString()
        .split('\n')
        .filter((line) => line.includes('"kind":"epoch"'))
        .map((line) => ({ ...(JSON.parse(line) as object), seconds: 0 }));
    expect(weights(stopped).equals(weights(whole))).toBe(true);
    expect(epochsOf(stopped)).toEqual(epochsOf(whole));
    expect(skipwire('train', sample('digits-mlp'), '--resume', 'last', '--out', stopped)).toMatchObject({
      code: 1,
      err: expect.stringContaining('[E_FINISHED]') as string,
    });
  });

  it('takes losses, optimizers, schedules and metrics by name, and prints what was measured', () => {
    const out = join(folder, 'metrics');
    const named = ['--optimizer', 'lion,beta2=0.98', '--loss', 'digit:sparseCategoricalCrossentropy,labelSmoothing=0.1'];
    const shaped = [
      '--schedule',
      'oneCycle',
      '--global-clip-norm',
      '1',
      '--accumulate',
      '2',
      '--weight-decay',
      '0.01',
      '--learning-rate',
      '1e-3',
    ];
    const trained = skipwire(
      'train',
      sample('digits-mlp'),
      '--epochs',
      '2',
      ...named,
      ...shaped,
      '--metrics',
      'f1Score,topKCategoricalAccuracy,k=2,auc',
      '--out',
      out,
    );
    expect(trained).toMatchObject({
      code: 0,
      out: expect.stringMatching(/F1 0\.\d{4} {2}Top-2 accuracy 0\.\d{4} {2}AUC 0\.\d{4}/) as string,
    });
    const evaluated = skipwire('evaluate', sample('digits-mlp'), '--weights', out, '--metrics', 'precision');
    expect(evaluated).toMatchObject({ code: 0, out: expect.stringMatching(/Precision 0\.\d{4}.*right class below/s) as string });
  });

  it.each([
    ['--loss', 'hope', '--loss is "hope"'],
    ['--loss', 'other:huber', '--loss names the output "other"'],
    ['--optimizer', 'adam,beta1=3', 'beta1'],
    ['--schedule', 'cosine,warmth=2', 'warmth'],
    ['--metrics', 'luck', '--metrics is "luck"'],
    ['--weight-decay', 'much', '--weight-decay is "much"'],
    ['--clip-norm', '-1', '--clip-norm is "-1". Too small'],
    ['--accumulate', '0.5', '--accumulate is "0.5". Invalid'],
    ['--learning-rate', '1e6', '--learning-rate is "1e6". Too big: expected number to be <=1000.'],
    ['--resume', 'nobody', 'There is no run "nobody"'],
    ['--resume', 'last --epochs 3', '--epochs cannot be given with --resume'],
  ])('%s %s is refused with words', (option, value, words) => {
    const { code, err } = skipwire('train', sample('digits-mlp'), option, ...value.split(' '), '--out', join(folder, 'none'));
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(words);
  });
});

describe('skipwire engines', () => {
  it('tells what computes here, with its threads and memory, and what answers for a network', () => {
    const { code, out } = skipwire('engines', sample('digits-mlp'), '--batch', '2', '--json');
    const status = JSON.parse(out) as {
      used: string | null;
      threads: number;
      memory: number;
      engines: { name: string }[];
      answering: { engine: string | null; reason: string };
    };
    expect(code).toBe(status.used === null ? 1 : 0);
    expect(status.engines.map(({ name }) => name)).toEqual(['tensorflow', 'onnxruntime', 'onnxruntime-gpu']);
    expect(status.threads).toBeGreaterThan(0);
    expect(status.memory).toBeGreaterThan(1e6);
    expect(status.answering).toEqual({
      engine: expect.stringMatching(/^(tensorflow|onnxruntime)$/) as string,
      reason: expect.stringMatching(/^a prediction of 2 samples took .* ms with TensorFlow, .* ms with ONNX Runtime/) as string,
    });
  });
});

describe('skipwire program', () => {
  it('prints the compiled network with the layer before each group of operations', () => {
    const { code, out } = skipwire('program', sample('digits-resnet'));
    expect(code).toBe(0);
    expect(out).toMatch(/program predict/);
    expect(out).toMatch(/# block1\/conv2a\n.*= conv .* : N×8×8×16/);
  });

  it('prints what one layer became, its gradient and its step too, and says which layers there are where there is none', () => {
    const { out } = skipwire('program', sample('digits-resnet'), '--program', 'train', '--layer', 'block1/conv2a', '--json');
    const { primitives } = JSON.parse(out) as { primitives: { name: string; count: number }[] };
    expect(primitives.map(({ name }) => name).sort()).toEqual(['applyAdam', 'conv', 'convFilterGrad', 'convInputGrad']);
    expect(skipwire('program', sample('digits-resnet'), '--layer', 'nowhere')).toMatchObject({ code: 2 });
  });
});
