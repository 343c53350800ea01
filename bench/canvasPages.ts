import type { Page } from '@playwright/test';
import type { SkipDocument } from '../shared/document/document';
import { emptyWindow, openInElectron } from './openedElectron';
import { openInBrowser, VIEWPORT } from './openedPage';
import { openPlainFlow } from './plainPage';

/** Our canvas and plain React Flow with the same network, side by side in one browser. */
export interface CanvasPages {
  readonly ours: Page;
  readonly plain: Page;
  /** “Chromium 140, drawn by software”: where and how. */
  readonly rendering: string;
  close(): Promise<void>;
}

/** Opens both in Chromium, or in Electron where SKIPWIRE_HOST is `electron`. */
export async function openCanvases(document: SkipDocument): Promise<CanvasPages> {
  const pages = process.env['SKIPWIRE_HOST'] === 'electron' ? await inElectron(document) : await inChromium(document);
  try {
    await openPlainFlow(pages.plain, document.graph);
  } catch (error) {
    await pages.close();
    throw error;
  }
  return pages;
}

async function inChromium(document: SkipDocument): Promise<CanvasPages> {
  const { page, close } = await openInBrowser(document);
  const browser = page.context().browser();
  if (!browser) throw new Error('The browser has gone.');
  const info = await (await browser.newBrowserCDPSession()).send('SystemInfo.getInfo');
  const features = (info.gpu as { readonly featureStatus?: Readonly<Record<string, string>> }).featureStatus ?? {};
  const rendering = `Chromium ${browser.version()}, ${drawnBy(features['gpu_compositing'])}`;
  return { ours: page, plain: await browser.newPage({ viewport: VIEWPORT }), rendering, close };
}

async function inElectron(document: SkipDocument): Promise<CanvasPages> {
  const { page, app, close } = await openInElectron(document);
  const [version, compositing] = await app.evaluate(({ app: main }) => [
    process.versions.electron ?? '',
    main.getGPUFeatureStatus().gpu_compositing,
  ]);
  return { ours: page, plain: await emptyWindow(app), rendering: `Electron ${version ?? ''}, ${drawnBy(compositing)}`, close };
}

function drawnBy(compositing: string | undefined): string {
  return compositing === 'enabled' ? 'drawn by a GPU' : 'drawn by software';
}
