import { array, type NumberArray } from './array';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

interface Sizes {
  readonly steps: number;
  readonly batch: number;
  readonly channels: number;
  readonly units: number;
}

function sizesOf(x: NumberArray, kernel: NumberArray): Sizes {
  const [steps, batch, channels] = x.shape as readonly [number, number, number];
  return { steps, batch, channels, units: (kernel.shape[1] as number) / 4 };
}

/** Position of a unit of a sample at a step. */
const positionIn =
  ({ batch, units }: Sizes) =>
  (step: number, sample: number, unit: number) =>
    (step * batch + sample) * units + unit;

/** What is read at a step, by the kernel's row: the input's channels, then the output of the step before, at first 0. */
const readIn = (x: NumberArray, y: Float64Array, sizes: Sizes) => (step: number, sample: number, row: number) => {
  const { batch, channels } = sizes;
  if (row < channels) return x.data[(step * batch + sample) * channels + row] as number;
  return step === 0 ? 0 : (y[positionIn(sizes)(step - 1, sample, row - channels)] as number);
};

/** The primitive `lstm` by its definition (Hochreiter & Schmidhuber 1997, Gers et al. 2000), one number after the other. */
export function lstm([x, kernel, bias]: readonly NumberArray[]): readonly NumberArray[] {
  const sizes = sizesOf(x as NumberArray, kernel as NumberArray);
  const { steps, batch, channels, units } = sizes;
  const at = positionIn(sizes);
  const made = Array.from({ length: 7 }, () => new Float64Array(steps * batch * units));
  const [input, memory, forget, opening, candidate, activated, y] = made as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const read = readIn(x as NumberArray, y, sizes);
  for (let step = 0; step < steps; step++)
    for (let sample = 0; sample < batch; sample++)
      for (let unit = 0; unit < units; unit++) {
        const sum = (gate: number) => {
          const column = gate * units + unit;
          let total = bias?.data[column] as number;
          for (let row = 0; row < channels + units; row++)
            total += read(step, sample, row) * (kernel?.data[row * 4 * units + column] as number);
          return total;
        };
        const here = at(step, sample, unit);
        const before = step === 0 ? 0 : (memory[at(step - 1, sample, unit)] as number);
        input[here] = sigmoid(sum(0));
        forget[here] = sigmoid(sum(1));
        candidate[here] = Math.tanh(sum(2));
        opening[here] = sigmoid(sum(3));
        memory[here] = input[here] * candidate[here] + forget[here] * before;
        activated[here] = Math.tanh(memory[here]);
        y[here] = opening[here] * activated[here];
      }
  return made.map((data) => array([steps, batch, units], data));
}

/** Its gradients by the chain rule, from the last step to the first. */
export function lstmGrad(operands: readonly NumberArray[]): readonly NumberArray[] {
  const [x, kernel, bias, input, memory, forget, opening, candidate, activated, y, dy] = operands as readonly NumberArray[] & {
    readonly [index: number]: NumberArray;
  };
  if (!x || !kernel || !bias || !input || !memory || !forget || !opening || !candidate || !activated || !y || !dy)
    throw new Error('lstmGrad takes eleven operands.');
  const sizes = sizesOf(x, kernel);
  const { steps, batch, channels, units } = sizes;
  const at = positionIn(sizes);
  const read = readIn(x, y.data, sizes);
  const [dx, dKernel, dBias] = [x, kernel, bias].map(({ data }) => new Float64Array(data.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let sample = 0; sample < batch; sample++) {
    let [ofOutput, ofMemory] = [new Float64Array(units), new Float64Array(units)];
    for (let step = steps - 1; step >= 0; step--) {
      const [outputBefore, memoryBefore] = [new Float64Array(units), new Float64Array(units)];
      for (let unit = 0; unit < units; unit++) {
        const here = at(step, sample, unit);
        const [i, f, o, g, a] = [input, forget, opening, candidate, activated].map(({ data }) => data[here] as number) as [
          number,
          number,
          number,
          number,
          number,
        ];
        const before = step === 0 ? 0 : (memory.data[at(step - 1, sample, unit)] as number);
        const arriving = (dy.data[here] as number) + (ofOutput[unit] as number);
        const through = (ofMemory[unit] as number) + arriving * o * (1 - a * a);
        memoryBefore[unit] = through * f;
        const gates = [through * g * i * (1 - i), through * before * f * (1 - f), through * i * (1 - g * g), arriving * a * o * (1 - o)];
        gates.forEach((gradient, gate) => {
          const column = gate * units + unit;
          dBias[column] = (dBias[column] as number) + gradient;
          for (let row = 0; row < channels + units; row++) {
            const cell = row * 4 * units + column;
            dKernel[cell] = (dKernel[cell] as number) + gradient * read(step, sample, row);
            const back = gradient * (kernel.data[cell] as number);
            const place = (step * batch + sample) * channels + row;
            if (row < channels) dx[place] = (dx[place] as number) + back;
            else outputBefore[row - channels] = (outputBefore[row - channels] as number) + back;
          }
        });
      }
      [ofOutput, ofMemory] = [outputBefore, memoryBefore];
    }
  }
  return [array(x.shape, dx), array(kernel.shape, dKernel), array(bias.shape, dBias)];
}
