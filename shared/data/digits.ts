import type { Split } from '../rpc/contract';
import type { Dataset, DatasetSource, Samples } from './dataset';

const SIDE = 8;
const PIXELS = SIDE * SIDE;
/** The brightest pixel: each counts the set ones of 4×4 finer pixels. */
const WHITE = 16;
/** 64 pixels from 0 to 16, then the digit. */
const RECORD = PIXELS + 1;
const COUNTS: Readonly<Record<Split, number>> = { train: 1197, validation: 200, test: 400 };
const TOTAL = 1797;
const CLASSES = 10;

/** The bundled 8×8 handwritten digits of the UCI repository; see assets/data/digits/README.md for the file. */
export const digits: DatasetSource = {
  id: 'digits',
  file: 'data/digits/digits.bin',
  classes: CLASSES,
  parse(bytes): Dataset {
    if (bytes.length !== TOTAL * RECORD) throw damaged(`it has ${bytes.length} bytes, expected ${TOTAL * RECORD}`);
    const train = readSamples(bytes, 0, COUNTS.train);
    const classCounts = Array.from({ length: CLASSES }, (_, digit) => train.labels.filter((label) => label === digit).length);
    return {
      info: {
        id: 'digits',
        title: 'Handwritten digits, 8×8',
        description: '1,797 grey images of the digits 0 to 9, from the UCI Machine Learning Repository.',
        licence: 'CC BY 4.0 – E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998',
        imageShape: [SIDE, SIDE, 1],
        classes: Array.from({ length: CLASSES }, (_, digit) => String(digit)),
        counts: COUNTS,
        classCounts,
      },
      splits: {
        train,
        validation: readSamples(bytes, COUNTS.train, COUNTS.validation),
        test: readSamples(bytes, COUNTS.train + COUNTS.validation, COUNTS.test),
      },
    };
  },
};

function readSamples(bytes: Uint8Array, offset: number, count: number): Samples {
  const pixels = new Float32Array(count * PIXELS);
  const labels = new Int32Array(count);
  for (let sample = 0; sample < count; sample += 1) {
    const start = (offset + sample) * RECORD;
    for (let pixel = 0; pixel < PIXELS; pixel += 1) {
      const value = bytes[start + pixel] as number;
      if (value > WHITE) throw damaged(`image ${offset + sample} has the pixel ${value}, expected 0 to ${WHITE}`);
      pixels[sample * PIXELS + pixel] = value / WHITE;
    }
    const label = bytes[start + PIXELS] as number;
    if (label > 9) throw damaged(`image ${offset + sample} is said to be a ${label}, expected 0 to 9`);
    labels[sample] = label;
  }
  return { count, pixels, labels };
}

function damaged(what: string): Error {
  return new Error(`digits.bin is damaged: ${what}. Reinstall the program.`);
}
