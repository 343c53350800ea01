import { isKnown } from '../../graph/dim';
import { formatShape, type Shape } from '../../graph/tensor';
import { draftOf, placeOf, wireInto, type NewLayer } from './draft';
import { rowsOf, type Plan, type Site } from './plan';

/** Sequences where an image or a row arrives, and as many values as there are keys. */
export function sequences(site: Site): readonly Plan[] {
  const { code } = site.problem;
  if (code === 'shape/sequence' || code === 'shape/rank') return asSequence(site);
  if (code === 'shape/attention-steps') return sameSource(site);
  return [];
}

function asSequence(site: Site): readonly Plan[] {
  const { node, port = 'x' } = site.problem;
  const at = placeOf(site.document, node);
  const shape = site.analysis.nodes.get(node)?.inputs[port]?.shape;
  const layer = shape && layerFor(site, shape);
  const source = at && wireInto(at.graph, at.node.id, port)?.from;
  const draft = draftOf(site.document);
  if (!shape || !layer || !source || !draft.insert(node, port, [layer])) return [];
  // Self-attention has the same value at several ports: one reshape does for all of them.
  const made = draft.edits().flatMap((edit) => (edit.kind === 'addNode' ? [edit.node.id] : []))[0] as string;
  for (const { from, to } of Object.values(at.graph.edges))
    if (to.node === at.node.id && to.port !== port && from.node === source.node && from.port === source.port)
      draft.rewire(node, to.port, { node: made, port: 'y' });
  const target = (layer.params?.['targetShape'] as readonly number[]).join('×');
  return [
    {
      id: `sequence:${port}`,
      title: `Reshape ${formatShape(shape)} to the sequence ${target}: ${shape.length === 4 ? 'each pixel is a step' : 'one step'}`,
      edits: draft.edits(),
      places: [{ into: node, port }],
      unfit: 0.4,
    },
  ];
}

/** The pixels of an image one after the other, or a row as the only step. */
function layerFor({ analysis }: Site, shape: Shape): NewLayer | undefined {
  // Channels that stand before the pixels do not come behind them by a reshape.
  if (shape.length === 4 && analysis.flat.dataFormat === 'channelsFirst') return undefined;
  const sizes = shape.slice(1).filter(isKnown);
  if (sizes.length !== shape.length - 1 || (sizes.length !== 1 && sizes.length !== 3)) return undefined;
  const channels = sizes.at(-1) as number;
  const steps = sizes.slice(0, -1).reduce((product, size) => product * size, 1);
  return { type: 'reshape', name: 'sequence', params: { targetShape: [steps, channels] } };
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
