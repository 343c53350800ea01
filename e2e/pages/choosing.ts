import { expect, type Locator } from '@playwright/test';

/**
 * Opens a field's list and takes an option. A list takes no choice in the moment in which it opens, since the press that
 * opened it may end there: it stays open then, and the choice is made again.
 */
export async function chooseFrom(field: Locator, option: string | RegExp): Promise<void> {
  const page = field.page();
  await expect(async () => {
    if ((await field.getAttribute('aria-expanded')) !== 'true') await field.click();
    await page.getByRole('option', { name: option }).first().click({ timeout: 2000 });
    await expect(page.getByRole('listbox')).toBeHidden({ timeout: 1000 });
  }).toPass();
}
