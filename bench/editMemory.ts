import type { CDPSession, Page } from '@playwright/test';
import { comparisonOf, type Comparison } from './harness';
import { ladder } from './networks';
import { openInBrowser, painted } from './openedPage';
import { bringRandomEdits, type Made, type RandomEdits } from './randomEdits';

const EDITS = Number(process.env['SKIPWIRE_EDITS'] ?? 10_000);
const WARM_UP = 500;
/** Milliseconds after which nothing that follows an edit is still to come: draft, overview, memory of the selected layer. */
const QUIET = 1500;

/**
 * The page's memory after many random edits and undos of a large network, against that after the first few hundred. Each time all
 * is taken back before it is weighed, so that the document is the same; what can be redone, and the branches, stay in memory.
 */
export async function editMemory(): Promise<Comparison> {
  const { page, devtools, close } = await openInBrowser(ladder(499), bringRandomEdits);
  try {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('@image');
    await page.getByRole('option', { name: 'image' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: /^conv1,/ }).waitFor();
    const start = await weighed(page, devtools, WARM_UP);
    const middle = await weighed(page, devtools, EDITS / 2);
    const end = await weighed(page, devtools, EDITS / 2);
    console.error(`at the start ${start.toFixed(2)} MB, in the middle ${middle.toFixed(2)}, at the end ${end.toFixed(2)}`);
    const subject = { title: `1,000 layers: memory after ${EDITS} random edits and undos`, bar: { atMostTimes: 1.1 }, unit: 'MB' } as const;
    return comparisonOf(subject, { ours: 'at the end', peer: 'at the start' }, [{ ours: end, peer: start }]);
  } finally {
    await close();
  }
}

interface Editing {
  readonly randomEdits: RandomEdits;
}

/** Megabytes of the page's heap behind so many acts, all of them taken back. */
async function weighed(page: Page, devtools: CDPSession, acts: number): Promise<number> {
  const layers = page.getByRole('region', { name: 'Layers' });
  const ids = ['relu', 'dense', 'add'].map((name) => layers.getByRole('button', { name, exact: true }).evaluate(({ id }) => id));
  const made = await page.evaluate(([count, buttons]) => (globalThis as unknown as Editing).randomEdits.make(count, buttons), [
    acts,
    await Promise.all(ids),
  ] as const);
  console.error(inWords(made));
  // An act that was counted and did nothing, or made two steps, shows here.
  await takenBack(page, 1, true);
  await takenBack(page, 0, false);
  await painted(page);
  await page.waitForTimeout(QUIET);
  return megabytes(devtools);
}

async function takenBack(page: Page, left: number, isMore: boolean): Promise<void> {
  const made = await page.evaluate((steps) => (globalThis as unknown as Editing).randomEdits.takeBack(steps), left);
  await painted(page);
  const canUndo = await page.getByRole('button', { name: 'Undo', exact: true }).isEnabled();
  if (made.depth === left && canUndo !== isMore)
    throw new Error(`With ${left} steps left there should be ${isMore ? '' : 'no '}more to undo.`);
}

function inWords({ edits, undos, redos, depth }: Made): string {
  return `${edits} edits, ${undos} undos, ${redos} redos so far; ${depth} steps deep`;
}

async function megabytes(devtools: CDPSession): Promise<number> {
  // What a collection frees may free more by finalizers.
  for (let time = 0; time < 3; time += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
