import type { Locator, Page } from '@playwright/test';
import type { Tab } from './window';

export interface RunsPart {
  readonly panel: Locator;
  readonly rows: Locator;
  /** The box that draws a run's curves together with those of the shown one. */
  curvesOf(title: RegExp): Locator;
  show(): Promise<void>;
}

export function createRunsPart(page: Page, showTab: (tab: Tab) => Promise<void>): RunsPart {
  const panel = page.getByRole('region', { name: 'Runs' });
  return {
    panel,
    rows: panel.getByRole('table', { name: 'Runs of this document' }).locator('tbody').getByRole('row'),
    curvesOf: (title) => panel.getByRole('checkbox', { name: title }),
    show: () => showTab('Runs'),
  };
}
