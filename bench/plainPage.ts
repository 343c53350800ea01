import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { Graph } from '../shared/graph/graph';
import type { PlainGraph } from './peers/plainFlow';

/** Puts the same network into an empty page: plain React Flow with its default nodes, all of them elements, fitted into the window. */
export async function openPlainFlow(page: Page, { nodes, edges }: Graph): Promise<void> {
  const graph: PlainGraph = {
    nodes: Object.values(nodes).map(({ id, name, position }) => ({ id, label: name, position })),
    edges: Object.values(edges).map(({ id, from, to }) => ({ id, source: from.node, target: to.node })),
  };
  const styles = readFileSync(fileURLToPath(import.meta.resolve('@xyflow/react/dist/style.css')), 'utf8');
  // What tsx puts around functions that are sent to the page.
  await page.evaluate('globalThis.__name = (f) => f');
  await page.setContent(`<style>${styles} html, body, #root { height: 100%; margin: 0 }</style><div id="root"></div>`);
  await page.evaluate((given) => Object.assign(globalThis, { graph: given }), graph);
  await page.addScriptTag({ content: await bundle() });
  await page.locator('.react-flow__node').first().waitFor();
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
