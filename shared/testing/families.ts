import { vgg } from '../blocks/templates/classic';
import { unet } from '../blocks/templates/images';
import { mobilenetV2 } from '../blocks/templates/mobile';
import { cifarResnet, resnet2015 } from '../blocks/templates/resnet';
import { buildTemplate, type Template, type TemplateOptions } from '../blocks/templates/template';
import type { SkipDocument } from '../document/document';
import type { GraphEdge, GraphNode, Params } from '../graph/graph';
import { flattened } from './flattened';
import { networkOf } from './networks';
import { convParams } from './reportLayers';

/** Builds a network layer by layer; each call gives the port that the next one reads. */
interface Network {
  layer(type: string, params: Params, ...inputs: readonly string[]): string;
  document(): SkipDocument;
}

function network(): Network {
  const nodes: Record<string, GraphNode> = {};
  const edges: Record<string, GraphEdge> = {};
  const counts = new Map<string, number>();
  const merges = new Set(['add', 'concatenate', 'multiply']);
  return {
    layer(type, params, ...inputs) {
      const count = (counts.get(type) ?? 0) + 1;
      counts.set(type, count);
      const id = `${type}${count}`;
      const column = Object.keys(nodes).length;
      nodes[id] = { id, type, name: id, params, position: { x: column * 240, y: 0 } };
      inputs.forEach((input, index) => {
        const [node = '', port = 'y'] = input.split(':');
        const to = { node: id, port: merges.has(type) ? `inputs.${index}` : (attentionPorts[type]?.[index] ?? 'x') };
        const edge = `e${Object.keys(edges).length}`;
        edges[edge] = { id: edge, from: { node, port }, to };
      });
      return id;
    },
    document: () => ({ ...networkOf({}, []), graph: { nodes, edges } }),
  };
}

const attentionPorts: Readonly<Record<string, readonly string[]>> = { multiHeadAttention: ['query', 'value'] };

/** As PyTorch's networks pad. */
const conv = (filters: number, kernel?: number, stride?: number): Params => convParams(filters, kernel, stride, { padding: 'consistent' });
const pool = (size: number, stride = size, padding = 'valid'): Params => ({ poolSize: [size, size], strides: [stride, stride], padding });

function classifier(net: Network, x: string): SkipDocument {
  const scores = net.layer('dense', { units: 10 }, net.layer('globalAveragePooling2d', {}, x));
  net.layer('output', {}, net.layer('softmax', {}, scores));
  return net.document();
}

function normalized(net: Network, x: string, params: Params): string {
  return net.layer('relu', {}, net.layer('batchNormalization', {}, net.layer('conv2d', params, x)));
}

/** Wide ResNet (Zagoruyko & Komodakis 2016): pre-activation of plain layers, with the projection from the activated input. */
function wideResNet(): SkipDocument {
  const net = network();
  let x = net.layer('conv2d', conv(16), net.layer('input', { shape: [32, 32, 3] }));
  for (const [stage, filters] of [32, 64, 128].entries()) {
    for (let block = 0; block < 2; block += 1) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const active = net.layer('relu', {}, net.layer('batchNormalization', {}, x));
      const inner = normalized(net, active, conv(filters, 3, stride));
      const skip = block === 0 ? net.layer('conv2d', conv(filters, 1, stride), active) : x;
      x = net.layer('add', {}, net.layer('conv2d', conv(filters), inner), skip);
    }
  }
  return classifier(net, net.layer('relu', {}, net.layer('batchNormalization', {}, x)));
}

/** A small DenseNet (Huang et al. 2016): every layer reads all before it. The gallery's has 121 layers, which take tests too long. */
function denseNet(): SkipDocument {
  const net = network();
  let x = net.layer('conv2d', conv(16), net.layer('input', { shape: [32, 32, 3] }));
  for (let stage = 0; stage < 3; stage += 1) {
    for (let layer = 0; layer < 4; layer += 1) {
      const inner = net.layer('conv2d', conv(32, 1), net.layer('relu', {}, net.layer('batchNormalization', {}, x)));
      const grown = net.layer('conv2d', conv(8), net.layer('relu', {}, net.layer('batchNormalization', {}, inner)));
      x = net.layer('concatenate', {}, x, grown);
    }
    if (stage === 2) break;
    x = net.layer('conv2d', conv(24 * (stage + 1), 1), net.layer('relu', {}, net.layer('batchNormalization', {}, x)));
    x = net.layer('averagePooling2d', pool(2), x);
  }
  return classifier(net, x);
}

/** Inception blocks (Szegedy et al. 2014): four branches side by side. */
function inception(): SkipDocument {
  const net = network();
  let x = net.layer('maxPooling2d', pool(3, 2, 'same'), normalized(net, net.layer('input', { shape: [64, 64, 3] }), conv(16, 7, 2)));
  for (let block = 0; block < 4; block += 1) {
    const b1 = normalized(net, x, conv(16, 1));
    const b3 = normalized(net, normalized(net, x, conv(16, 1)), conv(24, 3));
    const b5 = normalized(net, normalized(net, x, conv(8, 1)), conv(12, 5));
    const bp = normalized(net, net.layer('maxPooling2d', pool(3, 1, 'same'), x), conv(12, 1));
    x = net.layer('concatenate', {}, b1, b3, b5, bp);
    if (block === 1) x = net.layer('maxPooling2d', pool(3, 2, 'same'), x);
  }
  return classifier(net, x);
}

/** A feature pyramid (Lin et al. 2016): what is coarse is enlarged and added to what is fine. */
function featurePyramid(): SkipDocument {
  const net = network();
  let x = net.layer('input', { shape: [64, 64, 3] });
  const levels: string[] = [];
  for (const filters of [16, 32, 64, 128]) levels.push((x = normalized(net, normalized(net, x, conv(filters, 3, 2)), conv(filters))));
  let top = net.layer('conv2d', conv(32, 1), levels.pop() as string);
  for (const level of levels.toReversed()) {
    top = net.layer('add', {}, net.layer('conv2d', conv(32, 1), level), net.layer('upSampling2d', { size: [2, 2] }, top));
    net.layer('output', {}, net.layer('conv2d', conv(32), top));
  }
  return net.document();
}

/** A transformer's encoder (Vaswani et al. 2017) with norms before its parts, over rows of 64 numbers. */
function transformer(): SkipDocument {
  const net = network();
  let x = net.layer('dense', { units: 64 }, net.layer('input', { shape: [32, 16] }));
  for (let block = 0; block < 4; block += 1) {
    const norm = net.layer('layerNormalization', {}, x);
    x = net.layer('add', {}, x, net.layer('multiHeadAttention', { numHeads: 4, keyDim: 16 }, norm, norm));
    const wide = net.layer('gelu', {}, net.layer('dense', { units: 256 }, net.layer('layerNormalization', {}, x)));
    x = net.layer('add', {}, x, net.layer('dense', { units: 64 }, wide));
  }
  const pooled = net.layer('globalAveragePooling1d', {}, net.layer('layerNormalization', {}, x));
  net.layer('output', {}, net.layer('softmax', {}, net.layer('dense', { units: 10 }, pooled)));
  return net.document();
}

/** Residual multilayer perceptrons over rows (Gorishniy et al. 2021). */
function residualMlp(): SkipDocument {
  const net = network();
  let x = net.layer('dense', { units: 48 }, net.layer('input', { shape: [20] }));
  for (let block = 0; block < 5; block += 1) {
    const wide = net.layer('relu', {}, net.layer('dense', { units: 96 }, net.layer('batchNormalization', {}, x)));
    x = net.layer('add', {}, x, net.layer('dense', { units: 48 }, net.layer('dropout', { rate: 0.1 }, wide)));
  }
  net.layer('output', {}, net.layer('softmax', {}, net.layer('dense', { units: 10 }, net.layer('relu', {}, x))));
  return net.document();
}

/** A network of the gallery without its blocks. */
function known(template: Template, options: Partial<TemplateOptions>): () => SkipDocument {
  return () => flattened(buildTemplate(template, 'known', { outputSize: 10, inputSize: 64, ...options }));
}

/** Networks of a dozen families, flat and valid as they are: what faults are planted in. Those that the gallery has are its own. */
export const families: Readonly<Record<string, () => SkipDocument>> = {
  vgg: known(vgg, { layers: 11, inputSize: 128 }),
  resNetBasic: known(resnet2015, { layers: 18 }),
  resNetBottleneck: known(resnet2015, { layers: 50 }),
  preActivationResNet: known(cifarResnet, { layers: 20, inputSize: 32 }),
  wideResNet,
  denseNet,
  uNet: known(unet, {}),
  inception,
  invertedResiduals: known(mobilenetV2, {}),
  featurePyramid,
  transformer,
  residualMlp,
};
