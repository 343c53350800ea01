import colors from 'picocolors';
import { inputSizesInWords, inputSizesThatWork, validSizesInWords } from '../../shared/diagnose/inputSizes';
import { breaksOf, sizesInWords, sweepSizes, type SizeRange } from '../../shared/diagnose/sweep';
import { RpcError } from '../../shared/rpc/messages';
import { loadDocument } from './documents';
import { print, printJson, type ExitCode } from './output';

interface SweepOptions {
  readonly from: string;
  readonly to: string;
  readonly step: string;
  readonly json?: boolean;
}

/** Above this a size is none of an image; a sweep of more sizes than this would not end. */
const LARGEST = 16_384;
const MOST_SIZES = 4096;

/** `skipwire sweep FILE`: for which sizes of a square image the network works; exit code 1 where for none of them. */
export async function sweep(path: string, options: SweepOptions): Promise<ExitCode> {
  const range = rangeOf(options);
  const { document } = await loadDocument(path);
  const swept = sweepSizes(document, range);
  if (!swept)
    throw new RpcError('E_USAGE', `${path}: only a network with one image input (height, width and channels) has sizes to sweep.`);
  const working = swept.filter(({ errors }) => errors.length === 0).map(({ size }) => size);
  const sets = inputSizesThatWork(document);
  const condition = sets && inputSizesInWords(sets);
  if (options.json) {
    printJson({ file: path, ...range, works: working, condition: condition ?? null, sizes: swept });
    return working.length > 0 ? 0 : 1;
  }
  print(
    `${working.length} of ${swept.length} sizes from ${range.from} to ${range.to} work${working.length > 0 ? `: ${sizesInWords(working, range.step)}` : ''}.`,
  );
  if (sets) print(validSizesInWords(sets));
  for (const {
    problem: { message, code },
    sizes,
  } of breaksOf(swept)) {
    print('');
    print(
      `${colors.red(String(sizes.length))} ${sizes.length === 1 ? 'size breaks' : 'sizes break'} here first: ${sizesInWords(sizes, range.step)}`,
    );
    print(`  At ${sizes[0] ?? ''}: ${message}  [${code}]`);
  }
  return working.length > 0 ? 0 : 1;
}

function rangeOf(options: SweepOptions): SizeRange {
  const range = { from: whole('--from', options.from), to: whole('--to', options.to), step: whole('--step', options.step) };
  if (range.to < range.from) throw new RpcError('E_USAGE', `--to ${range.to} is below --from ${range.from}.`);
  if ((range.to - range.from) / range.step >= MOST_SIZES)
    throw new RpcError('E_USAGE', `More than ${MOST_SIZES} sizes.`, 'Use a larger --step, or a smaller range.');
  return range;
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= LARGEST) return value;
  throw new RpcError('E_USAGE', `${option}: received "${text}", expected a whole number from 1 to ${LARGEST}.`);
}
