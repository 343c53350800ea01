import { mkdirSync, writeFileSync } from 'node:fs';
import type { SkipDocument } from '../shared/document/document';
import { analyze } from '../shared/infer/analyze';
import { asRead, editedOften, type ParamEdit } from './analysis';
import { chart } from './chart';
import { comparisonOf, type Comparison } from './harness';
import { ladder } from './networks';

const LAYERS = [1000, 2000, 5000, 10_000, 20_000] as const;
const ROUNDS = 21;

/** One convolution's bias, which concerns it alone; and the size of the image, which concerns every layer. */
const one: ParamEdit = { layer: 'conv250', params: (round) => ({ useBias: round % 2 === 0 }) };
const every: ParamEdit = { layer: 'image', params: (round) => ({ shape: [65 + round, 64, 8] }) };

interface Times {
  readonly layers: number;
  readonly cold: number;
  readonly every: number;
  readonly one: number;
}

/**
 * Time of an analysis by the number of layers of a flat network, with a picture of it in `out/`. The figure is that of 20,000
 * layers, for each thousand of them, against that of 1,000: 20 where the cost grew with the square; somewhat above 1 where it grows
 * linearly, as 1,000 layers are held by the processor's cache and 20,000 are not.
 */
export function analysisGrowth(): Promise<Comparison> {
  const times = LAYERS.map(timesOf);
  mkdirSync('out', { recursive: true });
  writeFileSync('out/analysis-growth.svg', picture(times));
  for (const { layers, ...figures } of times) console.error(layers, JSON.stringify(figures));
  const [first, last] = [times[0] as Times, times.at(-1) as Times];
  const names = { ours: 'each thousand of 20,000 layers', peer: '1,000 layers' };
  const subject = { title: 'Analysis from nothing by the number of layers', bar: { atMostTimes: 2 } };
  return Promise.resolve(comparisonOf(subject, names, [{ ours: last.cold / (last.layers / first.layers), peer: first.cold }]));
}

function timesOf(layers: number): Times {
  const document = ladder(layers / 2 - 1);
  // One copy at a time: a heap full of others would be a cost of its own.
  const cold = leastOf(
    () => asRead(document),
    (each) => void analyze(each),
  );
  const afterEdits = (edit: ParamEdit) => {
    let analysis = analyze(document);
    let edited = document;
    const next = (round: number) => (edited = editedOften(edited, { ...edit, params: () => edit.params(round) }, 1)[0] as SkipDocument);
    return leastOf(next, (each) => (analysis = analyze(each, analysis)));
  };
  return { layers, cold, every: afterEdits(every), one: afterEdits(one) };
}

/** Milliseconds of processor time, the least of all rounds: what other work on the machine adds grows with the time that a round takes. */
function leastOf<T>(prepare: (round: number) => T, run: (subject: T) => unknown): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const subject = prepare(round);
    const start = process.cpuUsage();
    run(subject);
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

function picture(times: readonly Times[]): string {
  const line = (name: string, of: keyof Times) => ({ name, points: times.map((each) => ({ x: each.layers, y: each[of] })) });
  return chart({
    title: 'Milliseconds of processor time of an analysis by the number of layers of a flat network',
    x: 'layers',
    y: 'ms',
    lines: [line('from nothing', 'cold'), line('an edit that concerns every layer', 'every'), line('an edit of one layer', 'one')],
  });
}
