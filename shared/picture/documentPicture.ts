import type { SkipDocument } from '../document/document';
import type { BlockId, Graph, NodeId } from '../graph/graph';
import { partOf } from '../graph/partOf';
import type { NetworkAnalysis } from '../infer/analysis';
import { pictureOf, type Picture, type PictureOptions } from './picture';
import { firstInstance, sceneOf } from './scene';

/** What of a document is drawn. */
export interface PicturePart {
  /** The inside of this definition, with the sizes of its first instance; left out: the network. */
  readonly block?: BlockId | undefined;
  /** Only these layers, and the wires among them; left out: all. */
  readonly nodes?: ReadonlySet<NodeId> | undefined;
}

/** The picture of a network, of a block’s inside, or of some of its layers. A block that is not there is an empty picture. */
export function documentPicture(
  document: SkipDocument,
  analysis: NetworkAnalysis,
  { block, nodes }: PicturePart,
  options: PictureOptions,
): Picture {
  const definition = block === undefined ? undefined : document.blocks[block];
  const whole: Graph = block === undefined ? document.graph : (definition?.graph ?? { nodes: {}, edges: {} });
  const prefix = block === undefined ? '' : (firstInstance(analysis, block) ?? `${block}/`);
  const graph = nodes ? partOf(whole, nodes) : whole;
  return pictureOf(sceneOf({ document, analysis, graph, prefix }), options);
}
