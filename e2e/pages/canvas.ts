import type { Locator, Page } from '@playwright/test';

export interface CanvasPart {
  readonly surface: Locator;
  readonly layers: Locator;
  /** A layer or block by its name; its accessible name says more: kind, parameters, output shape, problems. */
  layer(name: string): Locator;
  select(name: string): Promise<void>;
  /** Opens a block to look inside. */
  openBlock(name: string): Promise<void>;
  /** Drags a wire from the first output of a layer to the first input of another one. */
  wire(from: string, to: string): Promise<void>;
}

export function createCanvasPart(page: Page): CanvasPart {
  const surface = page.getByRole('main');
  const layers = surface.locator('.react-flow__node');
  const layer = (name: string) => surface.getByRole('group', { name: new RegExp(`^${escaped(name)}(,|$)`) });
  return {
    surface,
    layers,
    layer,
    select: (name) => layer(name).click(),
    async wire(from, to) {
      const output = layer(from).locator('.source').first();
      const input = layer(to).locator('.target').first();
      await output.dragTo(input);
    },
    openBlock: (name) => layer(name).dblclick(),
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
