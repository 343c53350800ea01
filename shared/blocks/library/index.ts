import type { BlockDefinition, SkipDocument } from '../../document/document';
import type { BlockId } from '../../graph/graph';
import type { WithUses } from '../drawing';
import { freeBlockName, freeVariant } from '../names';
import { withBlocks } from '../used';
import { convNext } from './convNext';
import { denseBlock, transition } from './dense';
import { inception } from './inception';
import { invertedOpening, invertedResidual } from './inverted';
import { plainBasic, plainBottleneck } from './plain';
import {
  postActivationBasic,
  postActivationBasicProjection,
  postActivationBottleneck,
  postActivationBottleneckProjection,
} from './postActivation';
import { residualBasic } from './residualBasic';
import { residualBottleneck } from './residualBottleneck';
import { squeezeExciteResidual } from './squeezeExcite';
import { postNormEncoder, transformerEncoder } from './transformer';
import { unetStage, unetWayUp } from './unet';

/** Blocks that every document can take into itself, in the palette's order. */
export const libraryBlocks: readonly WithUses[] = [
  residualBasic,
  residualBottleneck,
  plainBasic,
  plainBottleneck,
  postActivationBasic,
  postActivationBasicProjection,
  postActivationBottleneck,
  postActivationBottleneckProjection,
  squeezeExciteResidual,
  invertedResidual,
  invertedOpening,
  convNext,
  denseBlock,
  transition,
  inception,
  unetStage,
  unetWayUp,
  transformerEncoder,
  postNormEncoder,
];

/** A document that has a definition, and the id under which it has it: an equal one that is there already is used. */
export interface WithBlock {
  readonly document: SkipDocument;
  readonly block: BlockId;
}

/**
 * Takes a definition of the library into a document, and those that it is built of. One of the same id that says something
 * else stays as it is; the new one gets an id of its own.
 */
export function withLibraryBlock(document: SkipDocument, { uses = {}, keywords: _, ...definition }: WithUses): WithBlock {
  const ids = new Map<BlockId, BlockId>();
  const taken = insideFirst(uses).reduce((before, inner) => {
    const { document: after, block } = withDefinition(before, { ...inner, graph: withBlocks(inner.graph, ids) });
    ids.set(inner.id, block);
    return after;
  }, document);
  return withDefinition(taken, { ...definition, graph: withBlocks(definition.graph, ids) });
}

function withDefinition(document: SkipDocument, definition: BlockDefinition): WithBlock {
  const own = Object.values(document.blocks).find((block) => sameBlock(block, definition));
  if (own) return { document, block: own.id };
  const id = freeVariant(definition.id, document.blocks);
  const name = freeBlockName(document, definition.name);
  return { document: { ...document, blocks: { ...document.blocks, [id]: { ...definition, id, name } } }, block: id };
}

/** In such an order that each comes after those that it is built of. */
function insideFirst(definitions: Readonly<Record<BlockId, BlockDefinition>>): readonly BlockDefinition[] {
  const ordered = new Set<BlockDefinition>();
  const seen = new Set<BlockId>();
  const visit = (id: BlockId) => {
    const definition = Object.hasOwn(definitions, id) ? definitions[id] : undefined;
    if (!definition || seen.has(id)) return;
    seen.add(id);
    for (const { block } of Object.values(definition.graph.nodes)) if (block !== undefined) visit(block);
    ordered.add(definition);
  };
  Object.keys(definitions).forEach(visit);
  return [...ordered];
}

/** Whether two definitions say the same, whatever they are called. */
export function sameBlock(a: BlockDefinition, b: BlockDefinition): boolean {
  return JSON.stringify([a.parameters, a.graph]) === JSON.stringify([b.parameters, b.graph]);
}
