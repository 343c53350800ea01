import type { BlockDefinition, BlockParameter, SkipDocument } from '../../document/document';
import { graphOf, withGraph } from '../../graph/applyEdits';
import type { GraphRef } from '../../graph/edit';
import type { BlockId, Graph, GraphNode, NodeId, Params } from '../../graph/graph';
import { COPY_INDEX, REPEAT } from '../../blocks/expand';
import { RESERVED_NAMES } from '../../blocks/expression/syntax';
import { freeBlockId, freeBlockName } from '../../blocks/names';

/** Every graph of a document with where it is: the network, then the inside of each block. */
export function graphsOf(document: SkipDocument): readonly { readonly ref: GraphRef; readonly graph: Graph }[] {
  const inside = Object.values(document.blocks).map(({ id, graph }) => ({ ref: { block: id }, graph }));
  return [{ ref: 'network', graph: document.graph }, ...inside];
}

/** How many instances of a definition are drawn, in the network and inside of other blocks. */
export function instanceCount(document: SkipDocument, block: BlockId): number {
  return graphsOf(document).reduce(
    (count, { graph }) => count + Object.values(graph.nodes).filter((node) => node.block === block).length,
    0,
  );
}

/** Gives one instance a definition of its own, the same for now. */
export function makeUnique(document: SkipDocument, ref: GraphRef, instance: NodeId): SkipDocument {
  const node = graphOf(document, ref)?.nodes[instance];
  const block = node?.block === undefined ? undefined : document.blocks[node.block];
  if (!node || !block) return document;
  const copy: BlockDefinition = { ...block, id: freeBlockId(document, block.name), name: freeBlockName(document, block.name) };
  const grown = { ...document, blocks: { ...document.blocks, [copy.id]: copy } };
  return changeNode(grown, ref, instance, (before) => ({ ...before, block: copy.id }));
}

/** Why a definition cannot have this name; undefined where it can. */
export function blockNameProblem(document: SkipDocument, block: BlockId, name: string): string | undefined {
  if (name.trim() === '') return 'A name is needed.';
  if (name.length > 100) return 'A name has at most 100 characters.';
  const other = Object.values(document.blocks).some((each) => each.id !== block && each.name === name.trim());
  return other ? `Another block is called “${name.trim()}”.` : undefined;
}

export function changeDefinition(document: SkipDocument, block: BlockId, change: Partial<BlockDefinition>): SkipDocument {
  const before = document.blocks[block];
  return before ? { ...document, blocks: { ...document.blocks, [block]: { ...before, ...change, id: before.id } } } : document;
}

/** Why a block cannot have a parameter of this name; undefined where it can. */
export function parameterNameProblem(block: BlockDefinition, name: string, except?: string): string | undefined {
  if (!/^[A-Za-z_]\w{0,60}$/.test(name)) return 'A parameter’s name is letters, digits and “_”, and begins with a letter.';
  if (RESERVED_NAMES.has(name) || name === REPEAT || name === COPY_INDEX) return `“${name}” has a meaning of its own in expressions.`;
  const other = block.parameters.some((parameter) => parameter.name === name && name !== except);
  return other ? `The block has a parameter “${name}” already.` : undefined;
}

export function setParameters(document: SkipDocument, block: BlockId, parameters: readonly BlockParameter[]): SkipDocument {
  return changeDefinition(document, block, { parameters });
}

/** Takes a parameter away; instances forget the value that they gave it. */
export function removeParameter(document: SkipDocument, block: BlockId, name: string): SkipDocument {
  const definition = document.blocks[block];
  if (!definition) return document;
  const without = (params: Params) => Object.fromEntries(Object.entries(params).filter(([key]) => key !== name));
  const changed = setParameters(
    document,
    block,
    definition.parameters.filter((parameter) => parameter.name !== name),
  );
  return changeInstances(changed, block, (node) => (Object.hasOwn(node.params, name) ? { ...node, params: without(node.params) } : node));
}

/** Definitions that nothing uses any more, directly or through others. */
export function unusedBlocks(document: SkipDocument): readonly BlockDefinition[] {
  const used = new Set<BlockId>();
  const waiting: Graph[] = [document.graph];
  for (const graph of waiting)
    for (const { block } of Object.values(graph.nodes)) {
      const definition = block === undefined || used.has(block) ? undefined : document.blocks[block];
      if (!definition) continue;
      used.add(definition.id);
      waiting.push(definition.graph);
    }
  return Object.values(document.blocks).filter(({ id }) => !used.has(id));
}

export function removeUnused(document: SkipDocument): SkipDocument {
  const gone = new Set(unusedBlocks(document).map(({ id }) => id));
  return { ...document, blocks: Object.fromEntries(Object.entries(document.blocks).filter(([id]) => !gone.has(id))) };
}

function changeInstances(document: SkipDocument, block: BlockId, change: (node: GraphNode) => GraphNode): SkipDocument {
  return graphsOf(document).reduce((changed, { ref, graph }) => {
    const instances = Object.values(graph.nodes).filter((node) => node.block === block && change(node) !== node);
    return instances.reduce((result, { id }) => changeNode(result, ref, id, change), changed);
  }, document);
}

function changeNode(document: SkipDocument, ref: GraphRef, id: NodeId, change: (node: GraphNode) => GraphNode): SkipDocument {
  const graph = graphOf(document, ref);
  const node = graph?.nodes[id];
  return graph && node ? withGraph(document, ref, { ...graph, nodes: { ...graph.nodes, [id]: change(node) } }) : document;
}
