import { basename } from 'node:path';
import { LIMITS } from '../../shared/document/fileForm';
import { parseDocument } from '../../shared/document/parse';
import type { SkipDocument } from '../../shared/document/document';
import { analyze } from '../../shared/infer/analyze';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { RpcError } from '../../shared/rpc/messages';
import { readRegularFile } from '../services/readFile';
import { otherFormat } from './otherFormats';

export interface LoadedDocument {
  readonly path: string;
  /** Without the extension. */
  readonly name: string;
  readonly text: string;
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly notices: readonly string[];
}

/** A document from a file, or of `-` from what is piped in, with the file named in whatever goes wrong. */
export async function loadDocument(path: string): Promise<LoadedDocument> {
  const text = path === '-' ? await readPipe() : (await readRegularFile(path)).bytes.toString('utf8');
  const parsed = parseDocument(text);
  const other = parsed.ok ? undefined : otherFormat(path, text);
  if (other !== undefined)
    throw new RpcError(
      'E_NOT_PROJECT',
      `${path}: this is ${other}, and only Skipwire documents (.skip.json) are read.`,
      'The code that made it can be pasted into the editor: Keras and PyTorch are read as layers.',
    );
  if (!parsed.ok) throw new RpcError(parsed.error.code, `${path}: ${parsed.error.message}`, parsed.error.fix);
  const { document, notices } = parsed.value;
  return { path, name: basename(path).replace(/(\.skip)?\.json$/, ''), text, document, analysis: analyze(document), notices };
}

async function readPipe(): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LIMITS.bytes)
      throw new RpcError('E_TOO_BIG', `More than ${LIMITS.bytes / 1024 / 1024} MB were piped in, which is the most that is read.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
