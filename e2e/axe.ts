import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

const RULES = {
  all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  /** Those that read a colour; a theme changes nothing else. */
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} satisfies Record<string, RunOptions['runOnly']>;

/** What axe finds wrong in a page, in lines that can be read in a report. A page without frames: axe is put into the main one only, once. */
export async function violations(page: Page, rules: keyof typeof RULES): Promise<readonly string[]> {
  if (page.frames().length > 1) throw new Error('axe is not put into frames.');
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    // Without it all that is well is described, too, which takes longer than to look.
    const { violations: found } = await inPage.run({ runOnly, resultTypes: ['violations'] });
    return found.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} – ${target.join(' ')}\n${failureSummary ?? ''}`),
    );
  }, RULES[rules]);
}
