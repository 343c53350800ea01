import type { CDPSession, Page } from '@playwright/test';
import { comparisonOf, percentile, type Comparison } from './harness';
import { ladder } from './networks';
import { openInBrowser, painted, scripting } from './openedPage';

/** Of a convolution and an add each: 1,000 layers and 1,498 wires. */
const UNITS = 499;
const ROUNDS = 40;
/** The first rounds also compile the page's code. */
const WARM_UP = 6;
/** Milliseconds after which a draft has been written. */
const DRAFT = 450;

interface Act {
  readonly title: string;
  /** Milliseconds of scripting that the act may take. */
  readonly limit: number;
  readonly rounds?: number;
  /** Before each round, not measured. */
  readonly prepare?: (page: Page, round: number) => Promise<void>;
  readonly run: (page: Page, round: number) => Promise<void>;
  /** After each round, not measured. */
  readonly restore?: (page: Page, round: number) => Promise<void>;
}

const undo = (page: Page) => page.keyboard.press('Control+z');
const layer = (page: Page, name: string) => page.getByRole('group', { name: new RegExp(`^${name},`) });

/** Nothing but the act itself may run scripts while it is measured: elements are looked for beforehand, and keys come from the system. */
const ACTS: Readonly<Record<string, Act>> = {
  keystroke: {
    title: 'a keystroke that changes every shape',
    limit: 16,
    prepare: async (page, round) => {
      if (round > 0) return;
      await layer(page, 'image').click();
      await page.getByRole('region', { name: 'Inspector' }).getByRole('textbox', { name: 'Shape', exact: true }).focus();
      for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    },
    run: (page, round) => page.keyboard.press(round % 2 === 0 ? '0' : 'Backspace'),
  },
  flag: {
    title: 'a keystroke that makes an add wrong or right, until it is flagged',
    limit: 16,
    prepare: async (page, round) => {
      const strides = page.getByRole('region', { name: 'Inspector' }).getByRole('textbox', { name: 'Strides', exact: true });
      if (round === 0) {
        // Both are in view.
        await goTo(page, 'add1');
        await layer(page, 'conv1').click();
      }
      await strides.focus();
      await page.keyboard.press('Control+a');
    },
    run: (page, round) => page.keyboard.press(round % 2 === 0 ? '2' : '1'),
    restore: async (page, round) => {
      const flagged = page.locator('.layer[data-problem="error"]');
      await (round % 2 === 0 ? flagged.first().waitFor() : flagged.first().waitFor({ state: 'detached' }));
    },
  },
  add: {
    title: 'a layer added behind the selected one',
    limit: 16,
    prepare: async (page) => {
      await layer(page, 'conv1').click();
      await page.getByRole('region', { name: 'Layers' }).getByRole('button', { name: 'relu', exact: true }).focus();
    },
    run: (page) => page.keyboard.press('Enter'),
    restore: undo,
  },
  delete: {
    title: 'a layer deleted',
    limit: 16,
    prepare: (page) => layer(page, 'conv1').click(),
    run: (page) => page.keyboard.press('Delete'),
    restore: undo,
  },
  paste: {
    title: '500 layers duplicated with their wires',
    limit: 200,
    rounds: 16,
    prepare: async (page, round) => {
      if (round > 0) return;
      await layer(page, 'image').click();
      await goTo(page, 'add249');
      await layer(page, 'add249').click({ modifiers: ['Shift'] });
    },
    run: (page) => page.keyboard.press('Control+d'),
    restore: async (page) => {
      await undo(page);
      await goTo(page, 'image');
      await layer(page, 'image').click();
      await goTo(page, 'add249');
      await layer(page, 'add249').click({ modifiers: ['Shift'] });
    },
  },
  undo: {
    title: 'a delete undone',
    limit: 16,
    prepare: async (page) => {
      await layer(page, 'conv1').click();
      await page.keyboard.press('Delete');
    },
    run: undo,
  },
};

/** The scripting of one act on a large network, from the input to the last of its paint, at the 95th percentile. */
export async function largeNetwork(name: keyof typeof ACTS): Promise<Comparison> {
  const act = ACTS[name] as Act;
  const { page, devtools, close } = await openInBrowser(ladder(UNITS));
  try {
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await showStart(page);
    const times: number[] = [];
    for (let round = 0; round < (act.rounds ?? ROUNDS); round += 1) times.push(await measured(page, devtools, act, round));
    times.splice(0, WARM_UP);
    if (process.env['SKIPWIRE_TIMES']) console.error(name, times.map((time) => time.toFixed(1)).join(' '));
    const subject = { title: `1,000 layers and 1,500 wires, ${act.title}: scripting, 95th percentile`, bar: { atMostTimes: 1 } } as const;
    return comparisonOf(subject, { ours: 'the act', peer: 'the bar' }, [{ ours: percentile(times, 0.95), peer: act.limit }]);
  } finally {
    await close();
  }
}

/** As one works: at the beginning of the network, near enough to read. */
async function showStart(page: Page): Promise<void> {
  await goTo(page, 'image');
  await layer(page, 'conv1').waitFor();
  await painted(page);
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`@${name}`);
  await page.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('Enter');
  await layer(page, name).waitFor();
}

async function measured(page: Page, devtools: CDPSession, act: Act, round: number): Promise<number> {
  await act.prepare?.(page, round);
  // What was done before is put away as a draft in the meantime: that is not part of the act.
  await page.waitForTimeout(DRAFT);
  await painted(page);
  const before = await scripting(devtools);
  await act.run(page, round);
  await painted(page);
  const taken = (await scripting(devtools)) - before;
  await act.restore?.(page, round);
  await painted(page);
  return taken;
}
