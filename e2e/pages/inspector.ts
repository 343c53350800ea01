import type { Locator, Page } from '@playwright/test';

export interface InspectorPart {
  readonly panel: Locator;
  /** A parameter's field by its label, as in “Strides”. */
  field(name: string): Locator;
  /** Types a value and ends with Enter. */
  set(name: string, value: string): Promise<void>;
  /** Drags over a field's label. */
  scrub(name: string, pixels: number): Promise<void>;
}

export function createInspectorPart(page: Page): InspectorPart {
  const panel = page.getByRole('region', { name: 'Inspector' });
  const field = (name: string) => panel.getByRole('textbox', { name, exact: true });
  return {
    panel,
    field,
    async set(name, value) {
      await field(name).fill(value);
      await field(name).press('Enter');
    },
    async scrub(name, pixels) {
      const box = await panel.locator('label', { hasText: name }).first().boundingBox();
      if (!box) throw new Error(`No label “${name}” is seen.`);
      const [x, y] = [box.x + 10, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + pixels, y, { steps: 4 });
      await page.mouse.up();
    },
  };
}
