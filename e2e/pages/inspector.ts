import type { Locator, Page } from '@playwright/test';

export interface InspectorPart {
  readonly panel: Locator;
  /** A parameter's field by its label, as in “Strides”. */
  field(name: string): Locator;
  /** Types a value and ends with Enter. */
  set(name: string, value: string): Promise<void>;
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
  };
}
