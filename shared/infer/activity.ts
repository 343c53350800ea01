import type { NetworkAnalysis, NodePath } from './analysis';
import { blocksAround, lastInside } from './inside';

/** What a layer gives in a training step, over some samples. */
export interface LayerFigures {
  readonly path: NodePath;
  /** Root of the mean square of its first output; null where it is not a finite number. */
  readonly rms: number | null;
  /** Share of numbers that are exactly zero. */
  readonly zeros: number;
  /** Share of channels that are zero for all samples everywhere. */
  readonly silent: number;
}

/** The same, of a block what the layer gives that gives its result, and what its layers do inside. */
export interface Activity extends LayerFigures {
  readonly inside?: InsideActivity;
}

interface InsideActivity {
  readonly layers: number;
  /** Of the layers whose numbers are finite; null where there are none. */
  readonly least: number | null;
  readonly most: number | null;
  /** The layer with the largest share of silent channels, and of those the one with the most zeros. */
  readonly quietest: LayerFigures;
  /** The first layer whose numbers are not finite. */
  readonly broken: NodePath | null;
}

/** Figures of layers, and summed up for the blocks around them. Linear in the layers and how deep they stand. */
export function activityOf(
  analysis: Pick<NetworkAnalysis, 'order' | 'flat'>,
  layers: readonly LayerFigures[],
): ReadonlyMap<NodePath, Activity> {
  const byPath = new Map<NodePath, Activity>(layers.map((figures) => [figures.path, figures]));
  const inside = new Map<NodePath, InsideActivity>();
  for (const figures of layers)
    for (const block of blocksAround(figures.path)) inside.set(block, withLayer(inside.get(block) ?? emptyInside(figures), figures));
  for (const [path, sum] of inside) {
    const result = byPath.get(lastInside(analysis, path) ?? '') ?? sum.quietest;
    byPath.set(path, { ...result, path, inside: sum });
  }
  return byPath;
}

function emptyInside(quietest: LayerFigures): InsideActivity {
  return { layers: 0, least: null, most: null, quietest, broken: null };
}

function withLayer({ layers, least, most, quietest, broken }: InsideActivity, figures: LayerFigures): InsideActivity {
  const { rms, path } = figures;
  return {
    layers: layers + 1,
    least: rms === null ? least : Math.min(least ?? rms, rms),
    most: rms === null ? most : Math.max(most ?? rms, rms),
    quietest: isQuieter(figures, quietest) ? figures : quietest,
    broken: broken ?? (rms === null ? path : null),
  };
}

function isQuieter(a: LayerFigures, b: LayerFigures): boolean {
  return a.silent > b.silent || (a.silent === b.silent && a.zeros > b.zeros);
}

/** Steps of the scale on which magnitudes are shown: a tenfold each, 1 in the middle. */
export const ACTIVITY_LEVELS = 5;

/** How large numbers are on that scale, 0 to 5: 0 below 0.003, 3 around 1, 5 from 30 on. */
export function activityLevel(rms: number): number {
  if (rms <= 0) return 0;
  return Math.min(ACTIVITY_LEVELS, Math.max(0, Math.round(Math.log10(rms) + 3)));
}

/** From this share on it is told: most ReLUs have some channels that a few samples do not reach. */
const MUCH = 0.5;

/** What is to be looked at: numbers that are none, a layer of which half gives nothing, or one that gives next to nothing. */
export function activityConcern({ rms, silent, inside }: Activity): 'broken' | 'silent' | undefined {
  if (rms === null || inside?.broken) return 'broken';
  return rms < 1e-6 || Math.max(silent, inside?.quietest.silent ?? 0) >= MUCH ? 'silent' : undefined;
}

/** `magnitude 0.83, 52 % zeros, 3 % of the channels silent`; `nameOf` gives the name of a layer inside a block. */
export function activityInWords({ rms, zeros, silent, inside }: Activity, nameOf: (path: NodePath) => string): string {
  const own = [
    rms === null ? 'not a finite number' : `magnitude ${magnitude(rms)}`,
    zeros >= LEAST_SHARE ? `${share(zeros)} zeros` : '',
    silent > 0 ? `${share(silent)} of the channels silent` : '',
  ].filter((part) => part !== '');
  return [own.join(', '), ...(inside ? insideInWords(inside, nameOf) : [])].join('; ');
}

/** A smaller share of zeros is chance. */
const LEAST_SHARE = 0.005;

function insideInWords({ least, most, quietest, broken }: InsideActivity, nameOf: (path: NodePath) => string): readonly string[] {
  if (broken !== null) return [`inside, ${nameOf(broken)} is the first that is not a finite number`];
  const range = least === null || most === null ? [] : [`inside from ${magnitude(least)} to ${magnitude(most)}`];
  const { silent, zeros, path } = quietest;
  if (silent > 0) return [...range, `most silent: ${nameOf(path)}, ${share(silent)} of its channels`];
  return zeros >= LEAST_SHARE ? [...range, `most zeros: ${nameOf(path)}, ${share(zeros)}`] : range;
}

/** `0.834`, `12.5`, `1.2e-7` */
export function magnitude(value: number): string {
  return value !== 0 && (value < 0.001 || value >= 10_000) ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** `52 %`; of what is neither nothing nor all never 0 or 100. */
export function share(value: number): string {
  const percent = Math.round(value * 100);
  if (value > 0 && percent === 0) return '< 1 %';
  return value < 1 && percent === 100 ? '> 99 %' : `${percent} %`;
}
