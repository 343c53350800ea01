import { isKnown } from '../../graph/dim';
import { placeAxes } from '../../graph/tensor';
import type { NodePath } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { draftOf } from './draft';
import { inputsAbove } from './inputSize';
import { valueInWords } from './parameters';
import { layerAt, type Plan, type Site } from './plan';

/** Numbers, tokens or masks where a layer works on another of these. */
export function elements(site: Site): readonly Plan[] {
  const { code, node, port = 'x' } = site.problem;
  if (code !== 'type/element') return [];
  const layer = layerAt(site, node);
  const received = site.analysis.nodes.get(node)?.inputs[port]?.dtype;
  const takes = findLayer(layer?.type ?? '')?.takes ?? 'float32';
  if (!layer) return [];
  return [...(received === 'int32' && takes === 'float32' ? embedded(site, layer.name, port) : []), ...otherInput(site, takes)];
}

function embedded(site: Site, name: string, port: string): readonly Plan[] {
  const { node } = site.problem;
  const draft = draftOf(site.document);
  if (!draft.insert(node, port, [{ type: 'embedding', name: 'embedding' }])) return [];
  const title = `Put an embedding before ${name}`;
  return [{ id: `embedding:${port}`, title, edits: draft.edits(), places: [{ into: node, port }], unfit: 0.1 }];
}

/** The input gives what is taken. Where every kind is, numbers are meant. */
function otherInput(site: Site, takes: string): readonly Plan[] {
  const dtype = takes === 'any' ? 'float32' : takes;
  return inputsAbove(site).flatMap((path): Plan[] => {
    const input = layerAt(site, path);
    const draft = draftOf(site.document);
    const before = input?.params['dtype'] ?? 'float32';
    if (!input || before === dtype || !draft.set(path, { dtype })) return [];
    const title = `${input.name}: dtype ${valueInWords(before)} → ${dtype}`;
    const plan = { id: `dtype:${path}`, title, edits: draft.edits(), places: [{ node: path }], unfit: 0.6 };
    return [plan, ...(dtype === 'int32' ? rowOfTokens(site, path) : [])];
  });
}

/** An image, as a new input is, where tokens are taken: a row of them, as long as the image is high. */
function rowOfTokens({ analysis, document }: Site, path: NodePath): readonly Plan[] {
  const input = analysis.flat.nodes.get(path);
  const draft = draftOf(document);
  const shape = analysis.nodes.get(path)?.outputs['y']?.shape ?? [];
  const [steps] = placeAxes(shape.length, analysis.flat.dataFormat).map((axis) => shape[axis]);
  if (!input || steps === undefined || !isKnown(steps)) return [];
  if (!draft.set(path, { dtype: 'int32', shape: [steps] })) return [];
  const title = `${input.name}: a row of ${steps} tokens (int32)`;
  return [{ id: `tokens:${path}`, title, edits: draft.edits(), places: [{ node: path }], unfit: 0.7 }];
}
