import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { build } from 'vite';
import type { Graph } from '../shared/graph/graph';
import type { PlainGraph } from './peers/plainFlow';

const VIEWPORT = { width: 1440, height: 900 };

/** The same network in plain React Flow with its default nodes, all of them elements, fitted into the same window. */
export async function openPlainFlow(browser: Browser, { nodes, edges }: Graph): Promise<Page> {
  const graph: PlainGraph = {
    nodes: Object.values(nodes).map(({ id, name, position }) => ({ id, label: name, position })),
    edges: Object.values(edges).map(({ id, from, to }) => ({ id, source: from.node, target: to.node })),
  };
  const page = await browser.newPage({ viewport: VIEWPORT });
  const styles = readFileSync(fileURLToPath(import.meta.resolve('@xyflow/react/dist/style.css')), 'utf8');
  // What tsx puts around functions that are sent to the page.
  await page.evaluate('globalThis.__name = (f) => f');
  await page.setContent(`<style>${styles} html, body, #root { height: 100%; margin: 0 }</style><div id="root"></div>`);
  await page.evaluate((given) => Object.assign(globalThis, { graph: given }), graph);
  await page.addScriptTag({ content: await bundle() });
  await page.locator('.react-flow__node').first().waitFor();
  return page;
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('./peers/plainFlow.ts', import.meta.url)), formats: ['iife'], name: 'plainFlow' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output.find((part) => part.type === 'chunk') : undefined;
  if (!chunk) throw new Error('The page of plain React Flow could not be built.');
  return chunk.code;
}
