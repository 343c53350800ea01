import { alexnet, lenet5, mlp, vgg } from './classic';
import { densenet } from './dense';
import { autoencoder, unet } from './images';
import { efficientNetB0, mobilenetV2 } from './mobile';
import { lstmClassifier, textTransformer, vitTiny } from './sequences';
import { cifarPlain, cifarResnet, resnet, resnet2015 } from './resnet';
import type { Template } from './template';

/** Networks to start from, in the gallery's order. */
export const templates: readonly Template[] = [
  resnet,
  resnet2015,
  cifarResnet,
  cifarPlain,
  mlp,
  lenet5,
  alexnet,
  vgg,
  densenet,
  mobilenetV2,
  efficientNetB0,
  unet,
  autoencoder,
  vitTiny,
  textTransformer,
  lstmClassifier,
];
