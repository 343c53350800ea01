import type { LayerProblem } from '../graph/problem';
import type { DType, TensorType } from '../graph/tensor';
import type { AnyLayer } from '../layers/define';

const WORDS: Readonly<Record<DType, string>> = {
  float32: 'numbers (float32)',
  int32: 'tokens (int32)',
  bool: 'yes or no (bool)',
};

/** Why a layer cannot work with the element types that arrive: numbers, tokens or masks in each other's place. */
export function elementTypeProblem(layer: AnyLayer, inputs: Readonly<Record<string, TensorType>>): LayerProblem | undefined {
  const entries = Object.entries(inputs);
  const wanted = layer.takes === 'any' ? entries[0]?.[1].dtype : layer.takes;
  const wrong = entries.find(([, { dtype }]) => dtype !== wanted);
  if (!wrong || wanted === undefined) return undefined;
  const [port, { dtype }] = wrong;
  const expects = layer.takes === 'any' ? `expects one element type at all of its inputs, ${WORDS[wanted]},` : `expects ${WORDS[wanted]},`;
  return { code: 'type/element', port, message: `${expects} received ${WORDS[dtype]}. ${repair(layer, wanted, dtype)}` };
}

function repair({ takes }: AnyLayer, wanted: DType, received: DType): string {
  const setInput = `et the input’s dtype to ${wanted}.`;
  return takes === 'float32' && received === 'int32' ? `Put an embedding before it, or s${setInput}` : `S${setInput}`;
}
