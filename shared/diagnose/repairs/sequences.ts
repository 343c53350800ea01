import { isKnown } from '../../graph/dim';
import { formatShape, type Shape } from '../../graph/tensor';
import { findLayer } from '../../layers/index';
import { defaultParams } from '../../layers/parse';
import { draftOf, placeOf, wireInto, type NewLayer } from './draft';
import { layerAt, rowsOf, type Plan, type Site } from './plan';
import { upstream } from './region';

/** Sequences where an image or a row arrives, and as many values as there are keys. */
export function sequences(site: Site): readonly Plan[] {
  const { code } = site.problem;
  if (code === 'shape/sequence' || code === 'shape/rank') return asSequence(site);
  if (code === 'shape/attention-steps') return sameSource(site);
  return [];
}

function asSequence(site: Site): readonly Plan[] {
  const { node, port = 'x' } = site.problem;
  const shape = site.analysis.nodes.get(node)?.inputs[port]?.shape;
  return shape ? sequencesOf(site, shape).flatMap((way, index) => reshaped(site, shape, way, 0.4 + index / 10)) : [];
}

/** A sequence that an image or a row may be read as. */
interface AsSequence {
  readonly steps: number;
  readonly channels: number;
  readonly words: string;
}

function reshaped(site: Site, shape: Shape, { steps, channels, words }: AsSequence, unfit: number): readonly Plan[] {
  const { node, port = 'x' } = site.problem;
  const at = placeOf(site.document, node);
  const source = at && wireInto(at.graph, at.node.id, port)?.from;
  const draft = draftOf(site.document);
  const layer: NewLayer = { type: 'reshape', name: 'sequence', params: { targetShape: [steps, channels] } };
  if (!source || !draft.insert(node, port, [layer])) return [];
  // Self-attention has the same value at several ports: one reshape does for all of them.
  const made = draft.edits().flatMap((edit) => (edit.kind === 'addNode' ? [edit.node.id] : []))[0] as string;
  for (const { from, to } of Object.values(at.graph.edges))
    if (to.node === at.node.id && to.port !== port && from.node === source.node && from.port === source.port)
      draft.rewire(node, to.port, { node: made, port: 'y' });
  return [
    {
      id: `sequence:${port}:${steps}`,
      title: `Reshape ${formatShape(shape)} to the sequence ${steps}×${channels}: ${words}`,
      edits: draft.edits(),
      places: [{ into: node, port }],
      unfit,
    },
  ];
}

/**
 * An image row by row, as recurrent layers read it, or pixel by pixel, as attention does; a row number by number, if it is what the
 * network is given, or as the only step, if it was made of something.
 */
function sequencesOf(site: Site, shape: Shape): readonly AsSequence[] {
  const { analysis, problem } = site;
  // Channels that stand before the pixels do not come behind them by a reshape.
  if (shape.length === 4 && analysis.flat.dataFormat === 'channelsFirst') return [];
  const [first, width, channels, ...more] = shape.slice(1);
  if (first === undefined || more.length > 0 || !isKnown(first)) return [];
  if (width === undefined) {
    const numbers = { steps: first, channels: 1, words: 'each number is a step' };
    const whole = { steps: 1, channels: first, words: 'one step' };
    return isGiven(site) ? [numbers, whole] : [whole, numbers];
  }
  if (channels === undefined || !isKnown(width) || !isKnown(channels)) return [];
  const rows = { steps: first, channels: width * channels, words: 'each row is a step' };
  const pixels = { steps: first * width, channels, words: 'each pixel is a step' };
  const layer = findLayer(analysis.flat.nodes.get(problem.node)?.type ?? '');
  const isRecurrent = layer !== undefined && 'returnSequences' in defaultParams(layer);
  return isRecurrent ? [rows, pixels] : [pixels, rows];
}

/** The same of what a flatten made a row of, where that was an image. */
export function sequencesOfFlattened(site: Site, shape: Shape): readonly AsSequence[] {
  return shape.length === 4 ? sequencesOf(site, shape) : [];
}

/** The layer with the problem reads an input of the network, and nothing else. */
function isGiven(site: Site): boolean {
  const [near, ...far] = upstream(site, 1).map(({ path }) => layerAt(site, path)?.type);
  return near === 'input' && far.length === 0;
}

/** Key and value from one layer, as nearly all attentions have them. */
function sameSource(site: Site): readonly Plan[] {
  const rows = rowsOf(site);
  return rows.flatMap((row, index) => {
    const other = rows[1 - index];
    const at = placeOf(site.document, site.problem.node);
    const source = at && other && wireInto(at.graph, at.node.id, other.port);
    const draft = draftOf(site.document);
    if (!other || !source || !draft.rewire(site.problem.node, row.port, source.from)) return [];
    return [
      {
        id: `sameSource:${row.port}`,
        title: `Take the ${row.port} from ${other.path.fromPath} too, as the ${other.port}`,
        edits: draft.edits(),
        places: [{ into: site.problem.node, port: row.port }],
        unfit: row.port === 'value' ? 0.5 : 0.7,
      },
    ];
  });
}
