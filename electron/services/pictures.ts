import { parseDocument } from '../../shared/document/parse';
import { analyze } from '../../shared/infer/analyze';
import { documentPicture } from '../../shared/picture/documentPicture';
import type { HostContract } from '../../shared/rpc/contract';
import type { Handlers } from '../../shared/rpc/define';
import { RpcError } from '../../shared/rpc/messages';
import { pdfOf } from './pdf';

/** Pictures that a page cannot make itself. */
export const pictureCalls: Pick<Handlers<HostContract>, 'picture.pdf'> = {
  'picture.pdf': async ({ document: text, title, block, nodes, shapes, ribbons }) => {
    const parsed = parseDocument(text);
    if (!parsed.ok) throw new RpcError(parsed.error.code, parsed.error.message, parsed.error.fix);
    const { document } = parsed.value;
    const part = { block: block ?? undefined, nodes: nodes ? new Set(nodes) : undefined };
    return { bytes: await pdfOf(documentPicture(document, analyze(document), part, { title, shapes, ribbons, ground: false })) };
  },
};
