import type { ImageShape, Preprocessing } from '../data/preprocessing';
import { scaleOf } from '../data/preprocessing';
import { channelAxis } from '../graph/tensor';
import { networkInputs } from '../program/compile';
import { encodeJson, encodeUtf8 } from './encode';
import type { ExportedFile, TrainedNetwork } from './exporter';

/** The first input with a preprocessing, and how many channels it takes. */
function preparedInput({ analysis }: TrainedNetwork): { name: string; settings: Preprocessing; channels: number } | undefined {
  const input = networkInputs(analysis).find(({ preprocessing }) => preprocessing);
  if (!input?.preprocessing) return undefined;
  const { shape } = input.type;
  const channels = shape[channelAxis(shape.length, analysis.flat.dataFormat)];
  return { name: input.name, settings: input.preprocessing, channels: typeof channels === 'number' ? channels : 3 };
}

/** What images have to be before the model gets them, as sentences of a README. */
export function imageWords(network: TrainedNetwork): string {
  const prepared = preparedInput(network);
  const order = 'in the network’s own data format';
  if (!prepared) return `Images are float32 in [0, 1], ${order}.`;
  return `Images are float32, prepared as in training: ${stepsOf(prepared.settings).join(', ')}; then ${order}. preprocessing.json says it for programs, preprocess.py does it with TensorFlow.`;
}

function stepsOf({ minAspectDim, resizeDim, colours, values }: Preprocessing): readonly string[] {
  return [
    ...(colours === 'asTheyAre' ? [] : [colours === 'grey' ? 'in grey (BT.601)' : 'in three colours']),
    ...(minAspectDim === null
      ? []
      : [`the smaller side resized to ${minAspectDim} (bilinear with antialiasing, the longer side rounded down)`]),
    ...(resizeDim === null ? [] : [`the middle ${resizeDim}×${resizeDim} cut out`]),
    {
      zeroToOne: 'from 0 to 1',
      minusOneToOne: 'from −1 to 1',
      zeroTo255: 'from 0 to 255',
      imageNet: 'standardised by ImageNet’s mean and deviation',
    }[values],
  ];
}

/** The preprocessing that belongs to a network, to be read and to be run; nothing where images come as they are. */
export function imageFiles(network: TrainedNetwork): readonly ExportedFile[] {
  const prepared = preparedInput(network);
  if (!prepared) return [];
  const { name: input, settings, channels } = prepared;
  const { minAspectDim, resizeDim, colours, values } = settings;
  const { shift, factor } = scaleOf(values, channels);
  const json = {
    input,
    colours,
    minAspectDim,
    resizeDim,
    interpolation: 'bilinear, antialias',
    crop: 'centre, rounded down',
    // Of numbers in [0, 1].
    subtract: shift,
    divideBy: factor,
    inTraining: { crop: resizeDim === null ? 'none' : 'random', randomFlip: settings.randomFlip },
  };
  return [
    { name: 'preprocessing.json', bytes: encodeJson(json) },
    { name: 'preprocess.py', bytes: encodeUtf8(python(settings, channels, network.analysis.flat.dataFormat === 'channelsFirst')) },
  ];
}

function python({ minAspectDim, resizeDim, colours, values }: Preprocessing, channels: number, isTurned: boolean): string {
  const { shift, factor } = scaleOf(values, channels);
  const grey = 'image = tf.reduce_sum(image * [0.299, 0.587, 0.114], axis=-1, keepdims=True) if image.shape[-1] == 3 else image';
  const rgb = 'image = tf.image.grayscale_to_rgb(image) if image.shape[-1] == 1 else image';
  const lines = [
    'image = tf.cast(image, tf.float32) / 255.0',
    ...(colours === 'asTheyAre' ? [] : [colours === 'grey' ? grey : rgb]),
    ...(minAspectDim === null
      ? []
      : [
          'height, width = image.shape[:2]',
          `size = (${minAspectDim}, ${minAspectDim} * width // height) if height <= width else (${minAspectDim} * height // width, ${minAspectDim})`,
          'image = tf.image.resize(image, size, method="bilinear", antialias=True)',
        ]),
    ...(resizeDim === null
      ? []
      : [
          `top, left = (image.shape[0] - ${resizeDim}) // 2, (image.shape[1] - ${resizeDim}) // 2`,
          `image = image[top : top + ${resizeDim}, left : left + ${resizeDim}]`,
        ]),
    ...(values === 'zeroToOne' ? [] : [`image = (image - [${shift.join(', ')}]) / [${factor.join(', ')}]`]),
    `return ${isTurned ? 'tf.transpose(image, [2, 0, 1])' : 'image'}`,
  ];
  return [
    'import tensorflow as tf',
    '',
    '',
    'def preprocess(image):',
    '    """An image of bytes, height × width × channels, as the network takes it; stack several for a batch."""',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** Height, width and channels that the network's first input takes; undefined where that is no image of known size. */
export function imageTaken({ analysis }: Pick<TrainedNetwork, 'analysis'>): ImageShape | undefined {
  const [a, b, c] = networkInputs(analysis)[0]?.type.shape.slice(1) ?? [];
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number') return undefined;
  return analysis.flat.dataFormat === 'channelsLast' ? [a, b, c] : [b, c, a];
}
