import type { FlatNode } from '../../infer/analysis';
import { ACTIVATIONS } from '../activations';
import { after, before, onlyAfter, pairOf, wholeOf, type Network, type Rule } from './look';

/** A shortcut that is projected from x where its block begins by pre-activating x. */
export const lateProjection: Rule = {
  code: 'practice/projection-not-pre-activated',
  types: ['conv2d'],
  sees: 'near',
  look(network, node) {
    const source = before(network, node.path);
    const isProjection = Math.max(...pairOf(node.params['kernelSize'] ?? 3)) === 1 && onlyAfter(network, node.path)?.type === 'add';
    if (!source || !isProjection || ACTIVATIONS.has(source.type) || source.type === 'preActivation') return undefined;
    const opening = openingOf(network, source);
    if (!opening) return undefined;
    return {
      code: this.code,
      message: `it projects ${source.name} itself, while the main path begins with its pre-activation: a pre-activation network projects the pre-activated input (He et al. 2016, arXiv:1603.05027). Wire it to ${opening.name}.`,
    };
  },
};

/** The end of the normalisation and activation with which a path begins at this layer. */
export function openingOf(network: Network, source: FlatNode): FlatNode | undefined {
  for (const next of after(network, source.path)) {
    if (next.type === 'preActivation') return next;
    const beyond = next.type === 'batchNormalization' ? onlyAfter(network, next.path) : undefined;
    if (beyond && ACTIVATIONS.has(beyond.type)) return beyond;
  }
  return undefined;
}

/** An activation behind the add breaks the straight way of the signal that a pre-activation network is made for. */
export const activationAfterAdd: Rule = {
  code: 'practice/activation-after-add',
  types: [...ACTIVATIONS],
  sees: 'near',
  look(network, node) {
    const source = before(network, node.path);
    if (source?.type !== 'add' || onlyAfter(network, source.path) !== node || !wholeOf(network).isPreActivated) return undefined;
    return {
      code: this.code,
      message: `it stands behind ${source.name} in a pre-activation network, where the sum goes on untouched (He et al. 2016, arXiv:1603.05027). Take it out: the next block activates its own input.`,
    };
  },
};
