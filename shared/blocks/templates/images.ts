import { blockOf, computed, drawing, type Drawing } from '../drawing';
import { conv } from '../library/family';
import { convNormRelu } from './residualBlocks';
import { defineTemplate, documentOf, imageShape } from './template';

const twoConvolutions = blockOf(
  {
    id: 'twoConvolutions',
    name: 'two convolutions',
    description: 'A stage of a U-Net: two 3×3 convolutions, each with norm and ReLU.',
    parameters: [{ name: 'filters', default: 64, description: 'Filters of both.' }],
  },
  (d, x) => convNormRelu(d, 'conv2', conv(computed('filters'), 3), convNormRelu(d, 'conv1', conv(computed('filters'), 3), x)),
);

/** Up by repeating pixels and a convolution, then beside what the way down had at that size. */
function wayUp(d: Drawing, level: number, filters: number, x: string, skip: string): string {
  const larger = d.add(`up${level}`, 'upSampling2d', {}, x);
  const narrow = d.add(`up${level}_conv`, 'conv2d', { ...conv(filters, 2), padding: 'same' }, larger);
  const beside = d.add(`concatenate${level}`, 'concatenate', {}, skip, narrow);
  return d.block(`decode${level}`, twoConvolutions, { filters }, beside);
}

export const unet = defineTemplate({
  id: 'unet',
  title: 'U-Net',
  summary: 'Down to the large picture and up again, with what was seen on the way down beside it: a class for every pixel.',
  paper: { title: 'U-Net: Convolutional Networks for Biomedical Image Segmentation', url: 'https://arxiv.org/abs/1505.04597' },
  defaults: { layers: 23, outputSize: 2, dataFormat: 'channelsLast', inputSize: 128 },
  build({ inputSize, outputSize, dataFormat }) {
    const d = drawing();
    let x = d.add('image', 'input', { shape: imageShape(inputSize, dataFormat, 1) });
    const widths = [32, 64, 128, 256];
    const skips = widths.map((filters, level) => {
      const skip = d.block(`encode${level + 1}`, twoConvolutions, { filters }, x);
      x = d.add(`pool${level + 1}`, 'maxPooling2d', {}, skip);
      return skip;
    });
    x = d.block('bottom', twoConvolutions, { filters: 512 }, x);
    for (let level = widths.length; level >= 1; level -= 1) x = wayUp(d, level, widths[level - 1] as number, x, skips[level - 1] as string);
    const map = d.add('scores', 'conv2d', { filters: outputSize, kernelSize: [1, 1] }, x);
    d.add('mask', 'output', {}, map);
    return documentOf(d, dataFormat);
  },
});

export const autoencoder = defineTemplate({
  id: 'autoencoder',
  title: 'Convolutional autoencoder',
  summary: 'Through a narrow middle and back to the image itself.',
  defaults: { layers: 6, outputSize: 16, dataFormat: 'channelsLast', inputSize: 32 },
  build({ inputSize, outputSize, dataFormat }) {
    const d = drawing();
    const step = (name: string, filters: number, x: string, strides = 1) =>
      d.add(`${name}_relu`, 'relu', {}, d.add(name, 'conv2d', { ...conv(filters, 3, strides), useBias: true }, x));
    const image = d.add('image', 'input', { shape: imageShape(inputSize, dataFormat, 1) });
    const code = step('code', outputSize, step('encode2', 32, step('encode1', 16, image, 2), 2));
    const up1 = step('decode1', 32, d.add('up1', 'upSampling2d', {}, code));
    const up2 = step('decode2', 16, d.add('up2', 'upSampling2d', {}, up1));
    const back = d.add('reconstruction', 'conv2d', { ...conv(1, 3), useBias: true }, up2);
    d.add('image_again', 'output', {}, d.add('sigmoid', 'sigmoid', {}, back));
    return documentOf(d, dataFormat);
  },
});
