import type { SkipDocument } from '../shared/document/document';
import { comparisonOf, type Comparison } from './harness';
import { openInBrowser } from './openedPage';

const ROUNDS = 5;

/** Notes when the page's first picture of a network has been drawn, counted from the start of its loading. */
function noteDrawn(): void {
  const look = () => {
    if (!document.querySelector('.react-flow__node, .painting')) return void requestAnimationFrame(look);
    // Two frames on it has been shown.
    requestAnimationFrame(() => requestAnimationFrame(() => Object.assign(globalThis, { drawnAt: performance.now() })));
  };
  requestAnimationFrame(look);
}

/** Looked for by frames: the page's policy lets the tool's own waiting evaluate nothing. */
function drawnAt(): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const { drawnAt: at } = globalThis as unknown as { drawnAt?: number };
      if (at === undefined) requestAnimationFrame(look);
      else resolve(at);
    };
    look();
  });
}

/** From the start of the page's loading – program, styles, document – to the network on the screen. */
export async function opening(limit: number, document: SkipDocument): Promise<Comparison> {
  const { page, close } = await openInBrowser(document, noteDrawn);
  try {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.reload();
      times.push(await page.evaluate(drawnAt));
    }
    const subject = { title: `A page with ${Object.keys(document.graph.nodes).length} layers, opened`, bar: { atMostTimes: 1 } } as const;
    return comparisonOf(
      subject,
      { ours: 'loaded and drawn', peer: 'the bar' },
      times.map((ours) => ({ ours, peer: limit })),
    );
  } finally {
    await close();
  }
}
