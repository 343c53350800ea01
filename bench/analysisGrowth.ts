import { mkdirSync, writeFileSync } from 'node:fs';
import { analyze } from '../shared/infer/analyze';
import { asRead, editedOften, type ParamEdit } from './analysis';
import { chart } from './chart';
import { comparisonOf, median, type Comparison } from './harness';
import { ladder } from './networks';

const LAYERS = [1000, 2000, 5000, 10_000, 20_000] as const;
const ROUNDS = 21;

/** One convolution's bias, which concerns it alone; and the size of the image, which concerns every layer. */
const one: ParamEdit = { layer: 'conv250', params: (round) => ({ useBias: round % 2 === 0 }) };
const every: ParamEdit = { layer: 'image', params: (round) => ({ shape: [64 + round, 64, 8] }) };

interface Times {
  readonly layers: number;
  readonly cold: number;
  readonly every: number;
  readonly one: number;
}

/**
 * Time of an analysis by the number of layers of a flat network, with a picture of it in `out/`. The figure is that of 20,000
 * layers, for each thousand of them, against that of 1,000: 1 where the cost grows linearly.
 */
export function analysisGrowth(): Promise<Comparison> {
  const times = LAYERS.map(timesOf);
  mkdirSync('out', { recursive: true });
  writeFileSync('out/analysis-growth.svg', picture(times));
  for (const { layers, ...figures } of times) console.error(layers, JSON.stringify(figures));
  const [first, last] = [times[0] as Times, times.at(-1) as Times];
  const names = { ours: 'each thousand of 20,000 layers', peer: '1,000 layers' };
  const subject = { title: 'Analysis from nothing by the number of layers', bar: { atMostTimes: 1.5 } };
  return Promise.resolve(comparisonOf(subject, names, [{ ours: last.cold / (last.layers / first.layers), peer: first.cold }]));
}

function timesOf(layers: number): Times {
  const document = ladder(layers / 2 - 1);
  const cold = medianOf(
    Array.from({ length: ROUNDS }, () => asRead(document)),
    (each) => void analyze(each),
  );
  const afterEdits = (edit: ParamEdit) => {
    let analysis = analyze(document);
    return medianOf(editedOften(document, edit, ROUNDS), (each) => (analysis = analyze(each, analysis)));
  };
  return { layers, cold, every: afterEdits(every), one: afterEdits(one) };
}

function medianOf<T>(subjects: readonly T[], run: (subject: T) => unknown): number {
  const times = subjects.map((subject) => {
    const start = performance.now();
    run(subject);
    return performance.now() - start;
  });
  return median(times.slice(Math.floor(ROUNDS / 4)));
}

function picture(times: readonly Times[]): string {
  const line = (name: string, of: keyof Times) => ({ name, points: times.map((each) => ({ x: each.layers, y: each[of] })) });
  return chart({
    title: 'Milliseconds of analysis by the number of layers of a flat network',
    x: 'layers',
    y: 'ms',
    lines: [line('from nothing', 'cold'), line('an edit that concerns every layer', 'every'), line('an edit of one layer', 'one')],
  });
}
