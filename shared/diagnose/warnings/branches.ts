import { after, type Rule } from './look';
import { allLayers } from '../../layers/index';

/** Work that no output sees. */
export const deadBranch: Rule = {
  code: 'graph/dead-branch',
  types: allLayers.filter(({ inputs, outputs }) => inputs.length > 0 && outputs.length > 0).map(({ type }) => type),
  look(network, node, known) {
    if (known.problems.length > 0 || after(network, node.path).length > 0 || !hasOutput(network.flat)) return undefined;
    return {
      code: this.code,
      message: 'nothing reads what it gives: the branch that ends here reaches no output. Wire it on, or take it away.',
    };
  },
};

const remembered = new WeakMap<object, boolean>();

function hasOutput(flat: { readonly nodes: ReadonlyMap<string, { readonly type: string }> }): boolean {
  const known = remembered.get(flat);
  if (known !== undefined) return known;
  const found = [...flat.nodes.values()].some(({ type }) => type === 'output');
  remembered.set(flat, found);
  return found;
}
