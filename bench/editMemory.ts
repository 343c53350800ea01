import type { CDPSession, Page } from '@playwright/test';
import { comparisonOf, type Comparison } from './harness';
import { ladder } from './networks';
import { openInBrowser, painted } from './openedPage';

const EDITS = Number(process.env['SKIPWIRE_EDITS'] ?? 10_000);
const WARM_UP = 300;
const CHUNK = 100;

/** The page's memory after many random edits and undos of a large network, against that after the first few hundred. */
export async function editMemory(): Promise<Comparison> {
  const { page, devtools, close } = await openInBrowser(ladder(499));
  try {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('@image');
    await page.getByRole('option', { name: 'image' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: /^conv1,/ }).waitFor();
    await painted(page);
    await edits(page, WARM_UP, 1);
    const before = await megabytes(devtools);
    for (let done = 0; done < EDITS; done += CHUNK) await edits(page, CHUNK, 2 + done);
    const after = await megabytes(devtools);
    const subject = { title: `1,000 layers: memory after ${EDITS} random edits and undos`, bar: { atMostTimes: 1.1 }, unit: 'MB' } as const;
    return comparisonOf(subject, { ours: 'at the end', peer: 'at the start' }, [{ ours: after, peer: before }]);
  } finally {
    await close();
  }
}

/** Selects, adds, deletes, duplicates and takes back by the page's own controls and keys, as many undos as edits. */
async function edits(page: Page, count: number, seed: number): Promise<void> {
  await page.evaluate(
    async ([many, start]) => {
      let state = start;
      const random = (below: number) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return (state >> 8) % below;
      };
      const press = (key: string, ctrlKey = false, shiftKey = false) => {
        const target = document.activeElement ?? document.body;
        target.dispatchEvent(
          new KeyboardEvent('keydown', {
            key,
            code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
            ctrlKey,
            shiftKey,
            bubbles: true,
            cancelable: true,
          }),
        );
      };
      const choose = () => {
        const layers = document.querySelectorAll<HTMLElement>('.react-flow__node');
        layers[random(layers.length)]?.click();
      };
      const acts = [
        () => press('Delete'),
        () => press('d', true),
        () =>
          document
            .querySelector<HTMLElement>(`[aria-label="Layers"] button[aria-label="${['relu', 'dense', 'add'][random(3)] ?? 'relu'}"]`)
            ?.click(),
      ];
      for (let edit = 0; edit < many; edit += 1) {
        (document.activeElement as HTMLElement | null)?.blur();
        choose();
        await new Promise(requestAnimationFrame);
        acts[random(acts.length)]?.();
        await new Promise(requestAnimationFrame);
        (document.activeElement as HTMLElement | null)?.blur();
        press('z', true);
        if (random(4) === 0) {
          press('z', true, true);
          press('z', true);
        }
        await new Promise(requestAnimationFrame);
      }
    },
    [count, seed] as const,
  );
}

async function megabytes(devtools: CDPSession): Promise<number> {
  // What a collection frees may free more by finalizers.
  for (let time = 0; time < 3; time += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
