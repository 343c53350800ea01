import { extname } from 'node:path';
import sharp from 'sharp';
import type { SkipDocument } from '../../shared/document/document';
import { graphOf, withGraph } from '../../shared/graph/applyEdits';
import type { FlowDirection } from '../../shared/graph/direction';
import type { BlockId } from '../../shared/graph/graph';
import { runningTo } from '../../shared/layout/arrange';
import { documentPicture } from '../../shared/picture/documentPicture';
import type { Picture } from '../../shared/picture/picture';
import { svgText } from '../../shared/picture/svg';
import { RpcError } from '../../shared/rpc/messages';
import { pdfOf } from '../services/pdf';
import { safeSave } from '../services/safeSave';
import { loadDocument } from './documents';
import { print, type ExitCode } from './output';

interface PictureCommandOptions {
  readonly out: string;
  /** Name of a block whose inside is drawn. */
  readonly block?: string;
  readonly layers?: readonly string[];
  readonly scale: string;
  readonly shapes: boolean;
  readonly ribbons?: boolean;
  /** Running this way, arranged anew where it runs another; left out: as it stands. */
  readonly direction?: FlowDirection;
  readonly transparent?: boolean;
}

/** Pixels on a side above which a PNG is not made. */
const LARGEST = 20_000;

/** `skipwire picture FILE --out FIGURE.svg`: the network as a figure for a paper; the ending says in which format. */
export async function picture(path: string, options: PictureCommandOptions): Promise<ExitCode> {
  const { document, analysis, name } = await loadDocument(path);
  const block =
    options.block === undefined
      ? undefined
      : Object.values(document.blocks).find((each) => each.name === options.block || each.id === options.block);
  if (options.block !== undefined && !block)
    throw new RpcError(
      'E_USAGE',
      `${path} has no block "${options.block}".`,
      `It has ${
        Object.values(document.blocks)
          .map((each) => `"${each.name}"`)
          .join(', ') || 'none'
      }.`,
    );
  const drawn = options.direction ? turnedTo(options.direction, document, block?.id) : document;
  const graph = block ? block.graph : document.graph;
  const nodes = options.layers && new Set(options.layers.map((wanted) => idOf(graph.nodes, wanted)));
  const style = { title: name, shapes: options.shapes, ribbons: options.ribbons ?? false, ground: !options.transparent };
  await safeSave(options.out, await encoded(documentPicture(drawn, analysis, { block: block?.id, nodes }, style), options));
  print(`${options.out} is written.`);
  return 0;
}

/** The document with what is drawn of it running this way. */
function turnedTo(direction: FlowDirection, document: SkipDocument, block: BlockId | undefined): SkipDocument {
  const ref = block === undefined ? 'network' : { block };
  const graph = graphOf(document, ref);
  return graph ? withGraph(document, ref, runningTo(direction, graph, document.blocks)) : document;
}

function idOf(nodes: Readonly<Record<string, { readonly id: string; readonly name: string }>>, name: string): string {
  const found = Object.values(nodes).find((node) => node.name === name);
  if (!found) throw new RpcError('E_USAGE', `There is no layer "${name}" in what is drawn.`);
  return found.id;
}

async function encoded(drawn: Picture, { out, scale }: PictureCommandOptions): Promise<string | Uint8Array> {
  switch (extname(out).toLowerCase()) {
    case '.svg':
      return svgText(drawn);
    case '.pdf':
      return pdfOf(drawn);
    case '.png':
      return png(drawn, scale);
    default:
      throw new RpcError('E_USAGE', `--out: received "${out}", expected a name that ends in .svg, .pdf or .png.`);
  }
}

async function png(drawn: Picture, scale: string): Promise<Uint8Array> {
  const factor = Number(scale);
  if (!(factor >= 0.1 && factor <= 16)) throw new RpcError('E_USAGE', `--scale: received "${scale}", expected a number from 0.1 to 16.`);
  if (Math.max(drawn.width, drawn.height) * factor > LARGEST)
    throw new RpcError(
      'E_USAGE',
      `The picture would have more than ${LARGEST} pixels on a side.`,
      'Use a smaller --scale, or write an SVG or a PDF.',
    );
  return sharp(Buffer.from(svgText(drawn)), { density: 96 * factor, limitInputPixels: LARGEST * LARGEST })
    .png()
    .toBuffer();
}
