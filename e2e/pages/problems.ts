import type { Locator, Page } from '@playwright/test';
import type { Tab } from './window';

export interface ProblemsPart {
  readonly tab: Locator;
  readonly rows: Locator;
  /** What an empty panel says. */
  readonly none: Locator;
  show(): Promise<void>;
  /** Opens the problem of this name: its cause, the axes side by side, what is unknown because of it. */
  open(name: string | RegExp): Promise<Locator>;
}

export function createProblemsPart(page: Page, showTab: (tab: Tab) => Promise<void>): ProblemsPart {
  const list = page.getByRole('list', { name: 'Problems' });
  const rows = list.getByRole('listitem');
  return {
    tab: page.getByRole('tab', { name: /^Problems/ }),
    rows,
    none: page.getByText('No problems', { exact: true }).first(),
    show: () => showTab('Problems'),
    async open(name) {
      const row = rows.filter({ hasText: name }).first();
      const head = row.getByRole('button').first();
      if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
      return row;
    },
  };
}
