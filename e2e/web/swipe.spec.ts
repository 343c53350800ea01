import { expect, test } from '../fixtures';

test('a swipe to the side never leads the browser to the page before', async ({ window }) => {
  const { page } = window;
  await window.files.openSample('digits-mlp');
  const address = page.url();
  for (const region of [
    window.toolbar,
    window.canvas.surface,
    page.getByRole('region', { name: 'Inspector' }),
    page.getByRole('contentinfo'),
  ]) {
    await region.hover();
    for (let swipe = 0; swipe < 6; swipe += 1) await page.mouse.wheel(-300, 0);
  }
  // What the browser had begun would have taken the page by the time that it answers.
  await window.command('Zoom to fit');
  expect(page.url()).toBe(address);
  await expect(window.title).toHaveText(/digits-mlp/);
});
