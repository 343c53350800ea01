import type { Dim } from '../../graph/dim';
import { integers } from './layout';
import type { OnnxBody, OnnxGraph } from './writer';

/** Sizes of a sequence that an LSTM reads: `x` is `[steps, batch, channels]`. */
export interface LstmSizes {
  readonly steps: number;
  readonly batch: Dim;
  readonly channels: number;
  readonly units: number;
}

/** An LSTM over all steps as one `Scan`: results as the primitive `lstm` has them. The input's part of all steps is one product before it. */
export function lstmForward(g: OnnxGraph, [x, kernel, bias]: readonly [string, string, string], sizes: LstmSizes): readonly string[] {
  const { forInput, forState } = kernelParts(g, kernel, sizes);
  const projected = g.op('Add', [g.op('MatMul', [x, forInput]), bias]);
  const state = zeros(g, [sizes.batch, sizes.units]);
  const body = bodyOf(['output', 'memory', 'x'], (op, [output, memory, part]) => {
    const gates = op('Split', [op('Add', [part, op('MatMul', [output, forState])])], { axis: 1, num_outputs: 4 }, 4);
    const [ofInput, ofForget, ofCandidate, ofOpening] = gates as readonly [string, string, string, string];
    const [input, forget, opening] = [op('Sigmoid', [ofInput]), op('Sigmoid', [ofForget]), op('Sigmoid', [ofOpening])];
    const candidate = op('Tanh', [ofCandidate]);
    const next = op('Add', [op('Mul', [input, candidate]), op('Mul', [forget, memory])]);
    const activated = op('Tanh', [next]);
    const y = op('Mul', [opening, activated]);
    return [op('Identity', [y]), op('Identity', [next]), input, next, forget, opening, candidate, activated, y];
  });
  const attributes = { body: { body }, num_scan_inputs: 1 };
  return g.ops('Scan', [state, state, projected], attributes, 9).slice(2);
}

type Three = readonly [string, string, string];

/** What the primitive `lstmGrad` takes: operands and results of the way forth, and the gradient by its last result. */
interface LstmGradient {
  readonly x: string;
  readonly kernel: string;
  readonly input: string;
  readonly memory: string;
  readonly forget: string;
  readonly opening: string;
  readonly candidate: string;
  readonly activated: string;
  readonly y: string;
  readonly dy: string;
}

/** The gradients by sequence, kernel and bias: a `Scan` from the last step to the first, and one product a kernel behind it. */
export function lstmBackward(g: OnnxGraph, forth: LstmGradient, sizes: LstmSizes): Three {
  const { steps, batch, channels, units } = sizes;
  const { forInput, forState } = kernelParts(g, forth.kernel, sizes);
  const one = g.constant([1], [], 'float32');
  const stateTurned = g.op('Transpose', [forState], { perm: [1, 0] });
  const [memoryBefore, yBefore] = [forth.memory, forth.y].map((value) => {
    const but = g.op('Slice', [value, integers(g, [0]), integers(g, [steps - 1]), integers(g, [0])]);
    return g.op('Concat', [zeros(g, [1, batch, units]), but], { axis: 0 });
  }) as [string, string];
  const names = ['dOutput', 'dMemory', 'dy', 'input', 'forget', 'opening', 'candidate', 'activated', 'before'] as const;
  const body = bodyOf(names, (op, values) => {
    const [dOutput, dMemory, dy, input, forget, opening, candidate, activated, before] = values;
    const mul = (a: string, b: string) => op('Mul', [a, b]);
    const behindSigmoid = (d: string, s: string) => mul(d, mul(s, op('Sub', [one, s])));
    const behindTanh = (d: string, t: string) => mul(d, op('Sub', [one, mul(t, t)]));
    const arriving = op('Add', [dy, dOutput]);
    const ofMemory = op('Add', [dMemory, behindTanh(mul(arriving, opening), activated)]);
    const gates = [
      behindSigmoid(mul(ofMemory, candidate), input),
      behindSigmoid(mul(ofMemory, before), forget),
      behindTanh(mul(ofMemory, input), candidate),
      behindSigmoid(mul(arriving, activated), opening),
    ];
    const ofGates = op('Concat', gates, { axis: 1 });
    return [op('MatMul', [ofGates, stateTurned]), mul(ofMemory, forget), ofGates];
  });
  const { input, forget, opening, candidate, activated, dy } = forth;
  const scanned = [dy, input, forget, opening, candidate, activated, memoryBefore];
  const state = zeros(g, [batch, units]);
  const backwards = { scan_input_directions: scanned.map(() => 1), scan_output_directions: [1] };
  const attributes = { body: { body }, num_scan_inputs: scanned.length, ...backwards };
  const ofGates = g.ops('Scan', [state, state, ...scanned], attributes, 3)[2] as string;
  const rows = (value: string, width: number) => g.op('Reshape', [value, integers(g, [-1, width])]);
  const gateRows = rows(ofGates, 4 * units);
  const read = rows(g.op('Concat', [forth.x, yBefore], { axis: 2 }), channels + units);
  return [
    g.op('MatMul', [ofGates, g.op('Transpose', [forInput], { perm: [1, 0] })]),
    g.op('Gemm', [read, gateRows], { transA: 1 }),
    g.op('ReduceSum', [gateRows, integers(g, [0])], { keepdims: 0 }),
  ];
}

function kernelParts(g: OnnxGraph, kernel: string, { channels, units }: LstmSizes) {
  const [forInput, forState] = g.ops('Split', [kernel, integers(g, [channels, units])], { axis: 0 }, 2) as readonly [string, string];
  return { forInput, forState };
}

function zeros(g: OnnxGraph, shape: readonly Dim[]): string {
  return g.op('Expand', [g.constant([0], [1], 'float32'), g.shape(shape)]);
}

type AddNode = {
  (type: string, inputs: readonly string[], attributes?: Readonly<Record<string, number>>): string;
  (type: string, inputs: readonly string[], attributes: Readonly<Record<string, number>>, outputs: number): readonly string[];
};

/** The graph of one step; its own values have names that begin as no other's. */
function bodyOf<const N extends readonly string[]>(
  inputs: N,
  build: (op: AddNode, inputs: { readonly [K in keyof N]: string }) => readonly string[],
): OnnxBody {
  const nodes: OnnxBody['nodes'][number][] = [];
  const own = (name: string | number) => `:step/${name}`;
  let count = 0;
  const op = (type: string, operands: readonly string[], attributes = {}, outputCount?: number) => {
    const outputs = Array.from({ length: outputCount ?? 1 }, () => own(count++));
    nodes.push({ type, inputs: operands, outputs, attributes });
    return outputCount === undefined ? (outputs[0] as string) : outputs;
  };
  const names = inputs.map(own);
  const outputs = build(op as AddNode, names as unknown as { readonly [K in keyof N]: string });
  return { inputs: names, nodes, outputs };
}
