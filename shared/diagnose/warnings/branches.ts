import { allLayers } from '../../layers/index';
import { after, wholeOf, type Rule } from './look';

/** Work that no output sees. */
export const deadBranch: Rule = {
  code: 'graph/dead-branch',
  types: allLayers.filter(({ inputs, outputs }) => inputs.length > 0 && outputs.length > 0).map(({ type }) => type),
  sees: 'near',
  look(network, node, known) {
    if (known.problems.length > 0 || after(network, node.path).length > 0 || !wholeOf(network).hasOutput) return undefined;
    return {
      code: this.code,
      message: 'nothing reads what it gives: the branch that ends here reaches no output. Wire it on, or take it away.',
    };
  },
};
