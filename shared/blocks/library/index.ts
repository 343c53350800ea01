import type { BlockDefinition, SkipDocument } from '../../document/document';
import type { BlockId } from '../../graph/graph';
import { freeBlockName, freeVariant } from '../names';
import { residualBasic } from './residualBasic';

/** Blocks that every document can take into itself, in the palette's order. */
export const libraryBlocks: readonly BlockDefinition[] = [residualBasic];

/** A document that has a definition, and the id under which it has it: an equal one that is there already is used. */
export interface WithBlock {
  readonly document: SkipDocument;
  readonly block: BlockId;
}

/** Takes a definition of the library into a document. One of the same id that says something else stays as it is. */
export function withLibraryBlock(document: SkipDocument, definition: BlockDefinition): WithBlock {
  const own = Object.values(document.blocks).find((block) => sameBlock(block, definition));
  if (own) return { document, block: own.id };
  const id = freeVariant(definition.id, document.blocks);
  const name = freeBlockName(document, definition.name);
  return { document: { ...document, blocks: { ...document.blocks, [id]: { ...definition, id, name } } }, block: id };
}

/** Whether two definitions say the same, whatever they are called. */
export function sameBlock(a: BlockDefinition, b: BlockDefinition): boolean {
  return JSON.stringify([a.parameters, a.graph]) === JSON.stringify([b.parameters, b.graph]);
}
