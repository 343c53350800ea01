import type { LayerExample } from '../../layers/define';
import { findLayer } from '../../layers/index';
import { lowerNetwork } from '../../program/lowerNetwork';
import { builderOf } from '../../program/builderOf';
import { toOutside } from '../../program/dataFormat';
import type { Program } from '../../program/program';
import { spread } from '../gradientProgram';
import { analyzedExample, type AnalyzedExample } from '../exampleProgram';
import { exampleWeights } from '../exampleNetwork';
import type { Weights } from '../../weights/weights';

/** So many pairs of samples, all of them alike, are seen by a layer in one batch. */
export const PAIRS = 4096;

/** A layer that draws numbers, and the one sample that it sees again and again. */
export interface LawCase {
  readonly name: string;
  readonly type: string;
  readonly params: LayerExample['params'] & object;
  readonly shape: readonly number[];
  /** A layer that moves an image sees its own columns and rows, and the map is read from them. */
  readonly isMap?: true;
}

const IMAGE = [5, 6, 2];
const geometric = (type: string, params: LawCase['params']): LawCase => ({ name: type, type, params, shape: IMAGE, isMap: true });
const recurrent = (type: string, params: LawCase['params']): LawCase => ({
  name: `${type} ${Object.keys(params).join(' ')}`,
  type,
  params: { units: 2, returnSequences: true, ...params },
  shape: [3, 2],
});
const plain = (type: string, params: LawCase['params'], shape: readonly number[]): LawCase => ({ name: type, type, params, shape });

export const lawCases: readonly LawCase[] = [
  plain('dropout', { rate: 0.3 }, [3, 2]),
  plain('spatialDropout1d', { rate: 0.4 }, [3, 2]),
  plain('spatialDropout2d', { rate: 0.25 }, [2, 2, 3]),
  plain('stochasticDepth', { rate: 0.3 }, [2, 2, 2]),
  plain('gaussianNoise', { stddev: 0.3 }, [3, 2]),
  plain('gaussianDropout', { rate: 0.4 }, [3, 2]),
  plain('alphaDropout', { rate: 0.3 }, [3, 2]),
  plain('randomFlip', {}, [3, 4, 1]),
  plain('randomCrop', { height: 2, width: 3 }, [4, 5, 1]),
  plain('randomBrightness', { factor: 0.3, valueRange: [-1, 1] }, [2, 3, 2]),
  plain('randomContrast', { factor: 0.6, valueRange: [-1, 1] }, [2, 3, 2]),
  geometric('randomRotation', { factor: 0.1 }),
  geometric('randomTranslation', { heightFactor: 0.2, widthFactor: 0.1 }),
  geometric('randomZoom', { heightFactor: 0.3 }),
  { ...geometric('randomZoom', { heightFactor: 0.3, widthFactor: 0.2 }), name: 'randomZoom of each axis' },
  recurrent('simpleRnn', { dropout: 0.3, recurrentDropout: 0.2 }),
  recurrent('simpleRnn', { dropout: 0.3 }),
  recurrent('lstm', { dropout: 0.3, recurrentDropout: 0.2 }),
  recurrent('gru', { recurrentDropout: 0.3 }),
  plain('multiHeadAttention', { numHeads: 2, keyDim: 2, dropout: 0.3 }, [3, 4]),
];

const PORTS: Readonly<Record<string, readonly string[]>> = { multiHeadAttention: ['query', 'value'] };

/** The layer alone, as a network. */
export function analyzedLaw({ type, params, shape }: LawCase): AnalyzedExample {
  const layer = findLayer(type);
  if (!layer) throw new Error(`There is no layer ${type}.`);
  const inputs = Object.fromEntries((PORTS[type] ?? ['x']).map((port) => [port, ['batch', ...shape] as const]));
  return analyzedExample(layer, { params, inputs, outputs: Object.fromEntries(layer.outputs.map(({ name }) => [name, ['batch']])) });
}

/** In training: output `y` of the inputs; weights are inputs too, their values beside it. */
export function lawProgram(law: LawCase): { readonly program: Program; readonly weights: Weights } {
  const { analysis, dataFormat } = analyzedLaw(law);
  const builder = builderOf();
  const { outputs } = lowerNetwork(builder, analysis, { findLayer, training: true });
  builder.output('y', toOutside(builder, [...outputs.values()][0] as never, dataFormat));
  const program = builder.build(`law${lawCases.indexOf(law)}`, { updates: false });
  const weights = exampleWeights(builder.variables());
  return { program: { ...program, inputs: [...program.inputs, ...program.variables], variables: [] }, weights };
}

/** The one sample: the column and the row of each pixel, or numbers between −1 and 1. */
export function sampleOf({ shape, isMap }: LawCase): readonly number[] {
  if (!isMap) return [...spread(shape, 'law').data];
  const [height, width] = shape as [number, number];
  return Array.from({ length: height * width }, (_, index) => [index % width, Math.floor(index / width)]).flat();
}

/** What is read of a sample's output: all of it, or the map `[a, b, c, d, e, f]` from pixels in the middle, which see no border. */
export function readingOf({ shape, isMap }: LawCase, output: ArrayLike<number>): readonly number[] {
  if (!isMap) return Array.from(output);
  const [height, width] = shape as [number, number];
  const [row, column] = [Math.floor(height / 2), Math.floor(width / 2) - 1];
  return [0, 1].flatMap((channel) => {
    const at = (down: number, right: number) => output[((row + down) * width + column + right) * 2 + channel] as number;
    const [along, across] = [at(0, 1) - at(0, 0), at(1, 0) - at(0, 0)];
    return [along, across, at(0, 0) - column * along - row * across];
  });
}

/**
 * What a pair of readings is projected on: the joint law of all that was drawn is that of its projections (Cramér & Wold 1936), so that
 * they tell what is shared by samples, channels and steps. The first takes the one sample from the other; of a map each
 * parameter is looked at, too.
 */
export function projectionsOf({ isMap }: LawCase, size: number): readonly (readonly number[])[] {
  const wave = (count: number, phase: number) => Array.from({ length: count }, (_, index) => Math.cos(phase + 2.4 * (index + 1) * phase));
  const own = wave(size, 1);
  const alone = isMap
    ? Array.from({ length: size }, (_, at) => Array.from({ length: 2 * size }, (__, index) => (index === at ? 1 : 0)))
    : [];
  return [[...own, ...own.map((value) => -value)], wave(2 * size, 2), wave(2 * size, 3), ...alone];
}

/** The pairs' projections, one list a projection. */
export function projected(law: LawCase, outputs: ArrayLike<number>): readonly (readonly number[])[] {
  const size = outputs.length / (2 * PAIRS);
  const all = Array.from(outputs);
  const pairs = Array.from({ length: PAIRS }, (_, pair) =>
    [0, 1].flatMap((sample) => readingOf(law, all.slice((2 * pair + sample) * size, (2 * pair + sample + 1) * size))),
  );
  const [first = []] = pairs;
  return projectionsOf(law, first.length / 2).map((direction) =>
    pairs.map((pair) => pair.reduce((sum, value, index) => sum + value * (direction[index] as number), 0)),
  );
}
