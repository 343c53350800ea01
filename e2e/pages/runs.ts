import type { Locator, Page } from '@playwright/test';
import type { Tab } from './window';

export interface RunsPart {
  readonly panel: Locator;
  readonly rows: Locator;
  show(): Promise<void>;
}

export function createRunsPart(page: Page, showTab: (tab: Tab) => Promise<void>): RunsPart {
  const panel = page.getByRole('region', { name: 'Runs' });
  return {
    panel,
    rows: panel.getByRole('table', { name: 'Runs of this document' }).locator('tbody').getByRole('row'),
    show: () => showTab('Runs'),
  };
}
