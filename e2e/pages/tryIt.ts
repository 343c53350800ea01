import type { Locator, Page } from '@playwright/test';
import type { Tab } from './window';

/** Corners of a pen's way, in percent of the drawing area. */
export type Way = readonly (readonly [number, number])[];

export interface TryItPart {
  readonly panel: Locator;
  /** The likeliest class and its probability. */
  readonly prediction: Locator;
  readonly activations: Locator;
  show(): Promise<void>;
  draw(ways: readonly Way[]): Promise<void>;
  clear(): Promise<void>;
  /** Chooses an image of the test set by its place, from 1. */
  pick(place: number): Promise<void>;
  /** Chooses a file of one's own. */
  giveFile(name: string, bytes: Buffer): Promise<void>;
}

export function createTryItPart(page: Page, showTab: (tab: Tab) => Promise<void>): TryItPart {
  const panel = page.getByRole('region', { name: 'Try it' });
  const pad = panel.getByRole('img', { name: /^Drawing area/ });
  return {
    panel,
    prediction: panel.getByRole('status', { name: 'Prediction' }),
    activations: panel.getByRole('region', { name: 'Activations' }),
    show: () => showTab('Try it'),
    async draw(ways) {
      const box = await pad.boundingBox();
      if (!box) throw new Error('The drawing area is not shown.');
      const move = ([x, y]: readonly [number, number]) =>
        page.mouse.move(box.x + (x / 100) * box.width, box.y + (y / 100) * box.height, { steps: 4 });
      for (const [first, ...rest] of ways) {
        if (!first) continue;
        await move(first);
        await page.mouse.down();
        for (const corner of rest) await move(corner);
        await page.mouse.up();
      }
    },
    clear: () => panel.getByRole('button', { name: 'Clear the drawing' }).click(),
    async pick(place) {
      await panel.getByRole('button', { name: 'Test image' }).click();
      await panel.getByRole('button', { name: new RegExp(`^Image ${place}:`) }).click();
    },
    async giveFile(name, buffer) {
      await panel.getByRole('button', { name: 'Your own' }).click();
      await panel.getByLabel('Image file').setInputFiles({ name, mimeType: 'image/png', buffer });
    },
  };
}
