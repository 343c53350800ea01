/** A layer of a sketch. */
interface SketchedLayer {
  readonly id: string;
  readonly type: string;
  readonly params?: object;
  readonly position: readonly [x: number, y: number];
}

/** A document's text with these layers, named by their ids, and these wires, from port to port. */
export function sketchOf(
  layers: readonly SketchedLayer[],
  wires: readonly { readonly from: readonly [string, string]; readonly to: readonly [string, string] }[],
): string {
  return JSON.stringify({
    format: 'skipwire',
    version: 1,
    id: 'sketch',
    layers: {},
    dataFormat: 'channelsLast',
    graph: {
      nodes: layers.map(({ id, type, params = {}, position }) => ({ id, type, name: id, params, position })),
      wires: wires.map(({ from, to }, index) => ({ id: `w${index}`, from, to })),
    },
    blocks: [],
    training: {
      epochs: 1,
      batchSize: 32,
      optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false },
      seed: 1,
      objectives: [],
    },
    data: { dataset: null, inputs: {} },
    view: {},
  });
}
