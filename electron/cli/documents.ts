import { basename } from 'node:path';
import { parseDocument } from '../../shared/document/parse';
import type { SkipDocument } from '../../shared/document/document';
import { analyze } from '../../shared/infer/analyze';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { RpcError } from '../../shared/rpc/messages';
import { readRegularFile } from '../services/readFile';

export interface LoadedDocument {
  readonly path: string;
  /** Without the extension. */
  readonly name: string;
  readonly text: string;
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly notices: readonly string[];
}

/** A document from a file, with the file named in whatever goes wrong. */
export async function loadDocument(path: string): Promise<LoadedDocument> {
  const { bytes } = await readRegularFile(path);
  const text = bytes.toString('utf8');
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new RpcError(parsed.error.code, `${path}: ${parsed.error.message}`, parsed.error.fix);
  const { document, notices } = parsed.value;
  return { path, name: basename(path).replace(/(\.skip)?\.json$/, ''), text, document, analysis: analyze(document), notices };
}
