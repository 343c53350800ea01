import { expect, test } from '../fixtures';
import { colours } from '../imageFolder';

/** All that the preload script gives to the page. */
interface Bridge {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

test('the page of the desktop app is confined to itself', async ({ app, window }) => {
  const { page } = app;
  await test.step('nothing of Node or Electron is in it', async () => {
    const globals = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in globalThis),
    );
    expect(globals).toEqual([]);
    expect(await page.evaluate(() => Object.keys((globalThis as unknown as { skipwire: object }).skipwire).sort())).toEqual([
      'onMessage',
      'send',
    ]);
  });

  await test.step('it runs no text as code, and reaches no other server', async () => {
    const outcome = await page.evaluate(async () => {
      const tried = async (act: () => unknown) =>
        Promise.resolve()
          .then(act)
          .then(
            () => 'done',
            () => 'refused',
          );
      return {
        // Not in the inspector's own call, which may what the page may not.
        eval: await tried(
          () =>
            new Promise((resolve, reject) =>
              setTimeout(() => {
                try {
                  resolve((0, eval)('1 + 1'));
                } catch (error) {
                  reject(new Error(String(error)));
                }
              }),
            ),
        ),
        fetch: await tried(() => fetch('https://example.com/')),
        file: await tried(() => fetch('file:///etc/hostname')),
        camera: await tried(() => navigator.mediaDevices.getUserMedia({ video: true })),
      };
    });
    expect(outcome).toEqual({ eval: 'refused', fetch: 'refused', file: 'refused', camera: 'refused' });
  });

  await test.step('messages that fit no schema change nothing', async () => {
    await page.evaluate(() => {
      const { send } = (globalThis as unknown as { skipwire: Bridge }).skipwire;
      const hostile: unknown[] = [
        null,
        'text',
        42,
        [],
        {},
        { kind: 'call' },
        { kind: 'call', id: 1, name: '__proto__', input: {} },
        { kind: 'call', id: 2, name: 'project.open', input: { kind: 'handle', handle: '/etc/passwd' } },
      ];
      for (const message of hostile) send(message);
    });
    await window.files.openSample('digits-mlp');
    await expect(window.canvas.layer('scores')).toBeVisible();
  });

  // Last: Playwright goes on waiting for the navigation that was refused, so the page is asked by script alone from here.
  await test.step('it does not leave, and opens no window', async () => {
    const before = page.url();
    const after = await page.evaluate(async () => {
      const opened = open('https://example.com/');
      location.assign('https://example.com/');
      // What was asked after it is answered: the host has seen the navigation.
      await new Promise<void>((resolve) => {
        const { send, onMessage } = (globalThis as unknown as { skipwire: Bridge }).skipwire;
        onMessage((message) => (message as { id?: number }).id === 987_654 && resolve());
        send({ kind: 'call', id: 987_654, name: 'app.info', input: {} });
      });
      return { opened, address: location.href, title: document.querySelector('h1')?.textContent };
    });
    expect(after).toEqual({ opened: null, address: before, title: 'digits-mlp.skip.json' });
  });
});

test('a second start hands its file to the window that is there, and a folder of images comes from the system’s dialog', async ({
  app,
  window,
  folders,
}) => {
  await window.files.openSample('digits-resnet');
  await app.secondStart?.(await folders.addSample('digits-mlp'));
  await expect(window.title).toContainText('digits-mlp.skip.json');
  await expect(window.canvas.layer('scores')).toBeVisible();

  await window.showTab('Data');
  const data = app.page.getByRole('region', { name: 'Data' });
  const add = data.getByRole('button', { name: 'Add a folder of images…' });
  await app.answerNextDialog(null);
  await add.click();
  await expect(add).toBeEnabled();
  await expect(data.getByRole('heading', { name: /^Handwritten digits/ })).toBeVisible();
  await app.answerNextDialog(await colours(app.folder));
  await add.click();
  await expect(data.getByRole('heading', { name: 'colours' })).toBeVisible();
  await expect(data.getByRole('img', { name: 'Image of tan' }).first()).toBeVisible();
  await expect(data.getByRole('note')).toContainText('broken.png');
});
