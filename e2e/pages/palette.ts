import type { Locator, Page } from '@playwright/test';

export interface PalettePart {
  readonly panel: Locator;
  /** Adds a layer by pressing it; it is wired to what is selected. */
  add(layer: string): Promise<void>;
  /** Drags a layer to a place of the canvas, in shares of its width and height. */
  drag(layer: string, to: { readonly x: number; readonly y: number }): Promise<void>;
}

export function createPalettePart(page: Page): PalettePart {
  const panel = page.getByRole('region', { name: 'Layers' });
  const item = (layer: string) => panel.getByRole('button', { name: layer, exact: true });
  return {
    panel,
    add: (layer) => item(layer).click(),
    async drag(layer, to) {
      const canvas = page.getByRole('main');
      const box = await canvas.boundingBox();
      if (!box) throw new Error('The canvas is not shown.');
      await item(layer).dragTo(canvas, { targetPosition: { x: to.x * box.width, y: to.y * box.height } });
    },
  };
}
