import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures';
import { root } from '../hosts/folders';

const sample = join(root, 'assets', 'samples', 'digits-mlp.skip.json');

/** Files that are no documents: how each is made from a whole one, and the code and the words that name it. */
const broken: readonly { readonly name: string; readonly make: (text: string) => string; readonly code: string; readonly words: RegExp }[] =
  [
    { name: 'empty', make: () => '', code: 'E_EMPTY', words: /empty/ },
    { name: 'truncated', make: (text) => text.slice(0, text.length / 2), code: 'E_TRUNCATED', words: /ends in the middle/ },
    { name: 'zeroed', make: (text) => '\0'.repeat(text.length), code: 'E_ZEROED', words: /only zeros/ },
    { name: 'not-json', make: (text) => text.replace(':', '='), code: 'E_JSON', words: /line \d+, column \d+/ },
    { name: 'deep', make: () => '['.repeat(100_000), code: 'E_TOO_DEEP', words: /nested more than/ },
    { name: 'foreign', make: () => '{"name":"left-pad"}', code: 'E_NOT_PROJECT', words: /format/ },
    { name: 'newer', make: (text) => text.replace(/"version": \d+/, '"version": 99'), code: 'E_NEWER', words: /99/ },
    { name: 'wrong-type', make: (text) => text.replace(/"epochs": \d+/, '"epochs": "many"'), code: 'E_FIELD', words: /epochs/ },
    { name: 'double-id', make: (text) => text.replace('"id": "n2"', '"id": "n1"'), code: 'E_DUP_ID', words: /n1/ },
  ];

test('a file that is no document is refused by name and reason, and the open one stays as it was', async ({ app, window }) => {
  const whole = await readFile(sample, 'utf8');
  await Promise.all(broken.map(({ name, make }) => writeFile(join(app.folder, `${name}.skip.json`), make(whole))));
  await window.files.openSample('digits-resnet');
  await expect(window.canvas.layer('conv1')).toBeVisible();

  for (const { name, code, words } of broken) {
    await test.step(name, async () => {
      await window.files.open(`${name}.skip.json`);
      const dialog = window.dialog(new RegExp(`${name}\\.skip\\.json.* could not be opened`));
      await expect(dialog).toContainText(code);
      await expect(dialog).toContainText(words);
      await dialog.getByRole('button', { name: 'OK' }).click();
      await expect(window.title).toContainText('digits-resnet');
      await expect(window.canvas.layer('conv1')).toBeVisible();
    });
  }
});

test('a cycle in a file is opened and named', async ({ app, window }) => {
  const whole = await readFile(sample, 'utf8');
  const file = JSON.parse(whole) as {
    graph: { nodes: { id: string; type: string }[]; wires: { from: [string, string]; to: [string, string] }[] };
  };
  const hidden = file.graph.nodes.find(({ type }) => type === 'relu') ?? file.graph.nodes[2];
  const before = file.graph.wires.find(({ to }) => to[0] === hidden?.id);
  if (!hidden || !before) throw new Error('The sample has another form.');
  const feeder = before.from[0];
  const into = file.graph.wires.find(({ to }) => to[0] === feeder);
  if (!into) throw new Error('The sample has another form.');
  into.from = [hidden.id, 'y'];
  await writeFile(join(app.folder, 'cycle.skip.json'), JSON.stringify(file));

  await window.files.open('cycle.skip.json');
  await window.problems.show();
  await expect(window.problems.rows.filter({ hasText: /cycle/i }).first()).toBeVisible();
  await expect(window.training.train).toHaveAttribute('aria-disabled', 'true');
});
