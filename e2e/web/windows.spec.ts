import { join } from 'node:path';
import type { WebSocketRoute } from '@playwright/test';
import { expect, test } from '../fixtures';
import { openPage, startServer } from '../hosts/webHost';
import { createWindow, type AppWindow } from '../pages/window';
import type { RunningApp } from '../hosts/runningApp';

test.use({ documents: ['digits-mlp'] });

/** Another page of the same host, in a browser context of its own. */
async function another(app: RunningApp, url: string) {
  const browser = app.page.context().browser();
  if (!browser) throw new Error('There is no browser.');
  const page = await openPage(browser, url, {});
  return createWindow({ ...app, page });
}

test('a second host with the same file is told who has it, and keeps its hands off', async ({ app, window, folders }) => {
  await window.files.open('digits-mlp.skip.json');
  await expect(window.title).toContainText('digits-mlp.skip.json');

  const server = await startServer(folders, join(folders.documents, 'digits-mlp.skip.json'));
  try {
    const second = await another(app, server.url);
    await expect(second.title).toContainText('Open in a browser window');
    await second.canvas.select('scores');
    await second.inspector.set('Units', '7');
    await second.page.keyboard.press('ControlOrMeta+s');
    const dialog = second.dialog('Save as');
    await expect(dialog).toBeVisible();
    // A document that would be replaced is asked about, under the name that it would have.
    await dialog.getByRole('textbox', { name: 'File name' }).fill('digits-mlp');
    await second.page.keyboard.press('Enter');
    await expect(dialog.getByText('“digits-mlp.skip.json” is there already.')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'File name' }).fill('mine');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(second.title).toContainText('mine.skip.json');
  } finally {
    await server.stop();
  }
});

test('a run goes on when its page is gone, and is there for the next page', async ({ app, window }) => {
  await window.files.open('digits-mlp.skip.json');
  await window.training.show();
  await window.training.setNumber('Epochs', 20_000);
  await window.page.keyboard.press('ControlOrMeta+s');
  await expect(window.unsaved).toHaveCount(0);
  await window.training.train.click();
  await expect(window.training.status).toContainText('images/s');

  const url = app.page.url();
  const context = app.page.context();
  await app.page.close();
  const page = await context.newPage();
  await page.goto(url);
  const next = createWindow({ ...app, page });
  await next.files.open('digits-mlp.skip.json');
  await next.training.show();
  await expect(next.training.status).toContainText('images/s');
  await expect(next.training.lossChart).toHaveAccessibleName(/training \d/);
  await next.training.stop.click();
  await expect(next.training.status).toContainText('Stopped after');
});

test('a connection that is lost is made again, and the run in progress with it', async ({ app, window }) => {
  const sockets: WebSocketRoute[] = [];
  await app.page.routeWebSocket(/\/rpc/, (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await app.page.reload();
  await window.files.openSample('digits-mlp');
  await window.training.show();
  await window.training.setNumber('Epochs', 20_000);
  await window.training.train.click();
  await expect(window.training.status).toContainText('images/s');

  const epochBefore = await epochOf(window);
  await sockets[0]?.close({ code: 1001, reason: 'The network went away.' });
  await expect.poll(() => sockets.length).toBe(2);
  await expect(window.page.getByText('The connection to Skipwire is lost')).toHaveCount(0);
  await expect.poll(() => epochOf(window)).toBeGreaterThan(epochBefore + 1);
  await window.training.stop.click();
  await expect(window.training.status).toContainText('Stopped after');
});

async function epochOf({ training }: AppWindow): Promise<number> {
  return Number(/epoch (\d+) of/.exec((await training.panel.textContent()) ?? '')?.[1]);
}
