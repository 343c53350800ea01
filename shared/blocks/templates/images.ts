import { drawing } from '../drawing';
import { conv } from '../library/family';
import { unetStage, unetWayUp } from '../library/unet';
import { defineTemplate, documentOf, imageShape, objective } from './template';

export const unet = defineTemplate({
  id: 'unet',
  title: 'U-Net',
  summary: 'Down to the large picture and up again, with what was seen on the way down beside it: a class for every pixel.',
  paper: { title: 'U-Net: Convolutional Networks for Biomedical Image Segmentation', url: 'https://arxiv.org/abs/1505.04597' },
  defaults: { layers: 23, outputSize: 2, dataFormat: 'channelsLast', inputSize: 128 },
  published: {
    23: {
      parameters: 31_030_658,
      source: 'counted in figure 1 of the paper',
      difference: { parameters: -23_268_640, why: 'each stage has half the filters, and norms instead of biases' },
    },
  },
  build({ inputSize, outputSize, dataFormat }) {
    const d = drawing();
    let x = d.add('image', 'input', { shape: imageShape(inputSize, dataFormat, 1) });
    const widths = [32, 64, 128, 256];
    const skips = widths.map((filters, level) => {
      const skip = d.block(`encode${level + 1}`, unetStage, { filters }, x);
      x = d.add(`pool${level + 1}`, 'maxPooling2d', {}, skip);
      return skip;
    });
    x = d.block('bottom', unetStage, { filters: 512 }, x);
    for (let level = widths.length; level >= 1; level -= 1)
      x = d.block(`decode${level}`, unetWayUp, { filters: widths[level - 1] as number }, x, skips[level - 1] as string);
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
    return documentOf(d, dataFormat, {
      ...objective('image_again', 'binaryCrossentropy', 'image'),
      metrics: [{ kind: 'meanAbsoluteError' }],
    });
  },
});
