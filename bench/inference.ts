import { chooseEngine } from '../electron/engine/engines';
import { freshWeights } from '../electron/engine/training';
import type { SkipDocument } from '../shared/document/document';
import { analyze } from '../shared/infer/analyze';
import { findLayer } from '../shared/layers/index';
import { compileNetwork } from '../shared/program/compile';
import { compare, type Comparison, type Contestant } from './harness';

const RUNS = 20;

/** Prediction of one image on TensorFlow against onnxruntime, the same network and weights. */
export async function inference(title: string, document: SkipDocument, bar: number): Promise<Comparison> {
  const compiled = compileNetwork(analyze(document), { findLayer });
  if (!compiled.ok) throw new Error(compiled.error.message);
  const network = compiled.value;
  const weights = freshWeights(network, 1);
  const input = network.inputs[0];
  if (!input) throw new Error('The network has no input.');
  const shape = [1, ...(input.type.shape.slice(1) as number[])];
  const inputs = {
    [input.name]: { dtype: 'float32', shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.5) },
  } as const;
  const contestant = async (engine: 'tensorflow' | 'onnxruntime'): Promise<Contestant> => {
    const session = await chooseEngine(engine).load(network);
    await session.initialize(weights);
    return {
      name: engine,
      async run() {
        for (let run = 0; run < RUNS; run += 1) await session.predict(inputs);
      },
    };
  };
  return compare(`${title}, ${RUNS} predictions of one image`, await contestant('tensorflow'), await contestant('onnxruntime'), bar);
}
