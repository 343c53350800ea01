import { newDocument } from '../../document/create';
import type { SkipDocument } from '../../document/document';
import { parseDocument } from '../../document/parse';
import { serializeDocument } from '../../document/serialize';
import type { BlockId } from '../../graph/graph';
import { err, ok, type Result } from '../../graph/result';
import type { WithUses } from '../drawing';
import { expand } from '../expand';
import { usedBlocks } from '../used';

/** Why a text holds no block that can be taken, and how to mend it. */
export interface BlockFileError {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * A block as a file of its own: a document whose network is one instance of it, with the definitions that it is built of. It can be
 * opened, looked at and changed as any document.
 */
export function blockFile({ blocks }: Pick<SkipDocument, 'blocks'>, id: BlockId): string | undefined {
  const block = Object.hasOwn(blocks, id) ? blocks[id] : undefined;
  if (!block) return undefined;
  const instance = { id: 'n1', type: 'block', block: id, name: 'block', params: {}, position: { x: 0, y: 0 } };
  return serializeDocument({
    ...newDocument(id),
    blocks: usedBlocks(blocks, [instance]),
    graph: { nodes: { n1: instance }, edges: {} },
    data: { dataset: null, inputs: {} },
  });
}

/** A name from elsewhere without what turns the text around it, or is no text: it stands in sentences and paths. */
export function harmlessName(name: string): string {
  return name.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\uFFFD');
}

/** Problems of a block that no network around it could mend. */
const HOPELESS = ['block/recursive', 'block/missing', 'block/too-large', 'block/too-deep'];

/** The block of a file; nothing of the text is trusted. */
export function readBlockFile(text: string): Result<WithUses, BlockFileError> {
  const parsed = parseDocument(text);
  if (!parsed.ok) return err({ code: parsed.error.code, message: parsed.error.message, fix: parsed.error.fix ?? 'Choose another file.' });
  const { document } = parsed.value;
  const [node, ...others] = Object.values(document.graph.nodes);
  const block = node?.block !== undefined && Object.hasOwn(document.blocks, node.block) ? document.blocks[node.block] : undefined;
  if (!block || others.length > 0)
    return err({
      code: 'E_NO_BLOCK',
      message: `The file holds a network of ${Object.keys(document.graph.nodes).length} layers, and no block. A block’s file is a network of one instance.`,
      fix: 'Open the file, select what shall be the block, group it, and save the block as a file.',
    });
  const hopeless = expand(document).problems.find(({ code }) => HOPELESS.includes(code));
  if (hopeless)
    return err({
      code: 'E_BLOCK',
      message: `The block "${block.name}" cannot be used: ${hopeless.message}`,
      fix: 'Open the file and repair it there, or choose another one.',
    });
  const { [block.id]: _, ...uses } = usedBlocks(document.blocks, [{ block: block.id }]);
  return ok({ ...block, name: harmlessName(block.name), ...(Object.keys(uses).length > 0 ? { uses } : {}) });
}
