import type { Locator } from '@playwright/test';
import type { RunningApp } from '../hosts/runningApp';

export interface PalettePart {
  readonly panel: Locator;
  /** Adds a layer by pressing it; it is wired to what is selected. */
  add(layer: string): Promise<void>;
  /** Drags a layer to a place of the canvas, in shares of its width and height. */
  drag(layer: string, to: { readonly x: number; readonly y: number }): Promise<void>;
}

export function createPalettePart({ page, kind }: RunningApp): PalettePart {
  const panel = page.getByRole('region', { name: 'Layers' });
  const item = (layer: string) => panel.getByRole('button', { name: layer, exact: true });
  return {
    panel,
    add: (layer) => item(layer).click(),
    async drag(layer, to) {
      const canvas = page.getByRole('main');
      const box = await canvas.boundingBox();
      if (!box) throw new Error('The canvas is not shown.');
      const place = { x: to.x * box.width, y: to.y * box.height };
      if (kind === 'web') return item(layer).dragTo(canvas, { targetPosition: place });
      // Electron hands a drag to the system, where no test can move it; so it hears what the system would tell it.
      const dataTransfer = await page.evaluateHandle(() => new DataTransfer());
      const at = { dataTransfer, clientX: box.x + place.x, clientY: box.y + place.y };
      await item(layer).dispatchEvent('dragstart', { dataTransfer });
      await canvas.locator('.react-flow__pane').dispatchEvent('dragover', at);
      await canvas.locator('.react-flow__pane').dispatchEvent('drop', at);
    },
  };
}
