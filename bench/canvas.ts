/**
 * `canvas.ts [NETWORK …]`: all gestures on the canvas with each network, beside plain React Flow, as the rows of a table. A network is
 * opened once for all of its gestures. SKIPWIRE_HOST=electron measures in Electron, SKIPWIRE_TRACE=1 keeps a trace of each.
 */
import { frameRounds, typical, type Frames } from './canvasFrames';
import { CANVAS_NETWORKS, gesturesOf, type CanvasNetwork } from './canvasNetworks';
import { openCanvases } from './canvasPages';

async function rowsOf({ name, document, limit, places }: CanvasNetwork): Promise<void> {
  const pages = await openCanvases(document());
  console.log(`\n${name}: ${pages.rendering}\n`);
  console.log('| gesture | ours: median, 95th, longest | plain React Flow | ratio | processor, ours | plain | bar |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  try {
    for (const { from, gesture } of gesturesOf(places)) {
      const rounds = await frameRounds(pages, { name: `${name}-${gesture}-${from}`, gesture, from });
      const [ours, plain] = [typical(rounds.map((round) => round.ours)), typical(rounds.map((round) => round.plain))];
      const cells = [
        `${gesture} ${from}`,
        frameWords(ours),
        frameWords(plain),
        (plain.p95 / ours.p95).toFixed(1),
        processorWords(ours),
        processorWords(plain),
        `≤ ${limit} ms: ${ours.p95 <= limit ? 'met' : 'not met'}`,
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  } finally {
    await pages.close();
  }
}

const frameWords = ({ median, p95, longest }: Frames) => `${[median, p95, longest].map((figure) => figure.toFixed(1)).join(', ')} ms`;
const processorWords = ({ processor }: Frames) => (processor === undefined ? '–' : `${processor.toFixed(1)} ms`);

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !CANVAS_NETWORKS.some((network) => network.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}. There is: ${CANVAS_NETWORKS.map(({ name }) => name).join(', ')}.`);
  for (const network of CANVAS_NETWORKS) if (wanted.length === 0 || wanted.includes(network.name)) await rowsOf(network);
  process.exit(0);
}

void main(process.argv.slice(2));
