import { withImageSize } from '../../shared/diagnose/inputSizes';
import type { Problem } from '../../shared/graph/problem';
import type { Totals } from '../../shared/infer/analysis';
import { analyze } from '../../shared/infer/analyze';
import { RpcError, toErrorShape } from '../../shared/rpc/messages';
import { loadDocument, type LoadedDocument } from './documents';

/** What a file was found to be: read with its problems, or why it was not read. */
export interface CheckedFile {
  readonly path: string;
  readonly loaded?: LoadedDocument;
  readonly problems: readonly Problem[];
  readonly failure?: ReturnType<typeof toErrorShape>;
}

/** What a network is held to beyond its own problems. */
export interface Terms {
  readonly parameters: number | undefined;
  readonly macs: number | undefined;
  readonly input: readonly [number, number] | undefined;
}

/** The terms as they are typed; throws where one cannot be read. */
export function termsOf(options: { readonly maxParams?: string; readonly maxMacs?: string; readonly input?: string }): Terms {
  return {
    parameters: options.maxParams === undefined ? undefined : countOf('--max-params', options.maxParams),
    macs: options.maxMacs === undefined ? undefined : countOf('--max-macs', options.maxMacs),
    input: options.input === undefined ? undefined : sizeOf(options.input),
  };
}

/** Reads and looks at one file. Never throws: what goes wrong with a file is told as its failure. */
export async function checkFile(path: string, terms: Terms): Promise<CheckedFile> {
  try {
    const loaded = withInput(await loadDocument(path), terms.input);
    return { path, loaded, problems: [...limitProblems(loaded.analysis.totals, terms), ...loaded.analysis.problems] };
  } catch (error) {
    return { path, problems: [], failure: toErrorShape(error) };
  }
}

/** How many of them are errors. */
export function errorsAmong(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

/** All were read, and none has an error. */
export function allWell(files: readonly CheckedFile[]): boolean {
  return files.every(({ failure, problems }) => !failure && errorsAmong(problems) === 0);
}

function withInput(loaded: LoadedDocument, input: Terms['input']): LoadedDocument {
  if (!input) return loaded;
  const document = withImageSize(loaded.document, ...input);
  if (!document)
    throw new RpcError('E_USAGE', `${loaded.path}: --input is for networks with one image input (height, width and channels).`);
  return { ...loaded, document, analysis: analyze(document) };
}

function limitProblems(totals: Totals, { parameters, macs }: Terms): readonly Problem[] {
  return [
    ...overLimit({ code: 'limit/parameters', words: 'parameters' }, [totals.parameters, totals.unknownParameters], parameters),
    ...overLimit({ code: 'limit/macs', words: 'MACs' }, [totals.macs, totals.unknownMacs], macs),
  ];
}

function overLimit(
  { code, words }: { readonly code: string; readonly words: string },
  [value, unknown]: readonly [known: number, layersUnknown: number],
  limit: number | undefined,
): readonly Problem[] {
  if (limit === undefined || (value <= limit && unknown === 0)) return [];
  const [has, over, allowed] = [value, value - limit, limit].map((count) => count.toLocaleString('en'));
  const message =
    value > limit
      ? `The network has ${has} ${words}, ${over} more than the ${allowed} that it is allowed.`
      : `Whether the network keeps to ${allowed} ${words} cannot be told: those of ${unknown} ${unknown === 1 ? 'layer' : 'layers'} are not known. Repair its problems, or give the sizes with --input 224x224.`;
  return [{ id: code, code, severity: 'error', node: '', path: '', message, blocked: [] }];
}

const SCALES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

function countOf(option: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kmgt]?)$/i.exec(text) ?? [];
  if (digits === undefined)
    throw new RpcError('E_USAGE', `${option}: received "${text}", expected a number such as 25000000, 25M or 4.1G.`);
  return Math.floor(Number(digits) * (SCALES[(unit ?? '').toLowerCase()] ?? 1));
}

function sizeOf(text: string): readonly [number, number] {
  const [, height, width] = /^(\d{1,5})[x×](\d{1,5})$/i.exec(text) ?? [];
  if (Number(height) >= 1 && Number(width) >= 1) return [Number(height), Number(width)];
  throw new RpcError('E_USAGE', `--input: received "${text}", expected height and width such as 224x224.`);
}
