import * as z from 'zod';

const id = z.int().min(0);
const name = z.string().min(1).max(200);

export const rpcErrorShape = z.object({
  code: z.string().max(200),
  message: z.string().max(100_000),
  fix: z.string().max(100_000).optional(),
});

/** What crosses a pipe. Anything else is dropped. */
export const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id, name, input: z.unknown() }),
  z.object({ kind: z.literal('result'), id, output: z.unknown() }),
  z.object({ kind: z.literal('error'), id, error: rpcErrorShape }),
  z.object({ kind: z.literal('event'), name, payload: z.unknown() }),
]);
export type Message = z.output<typeof message>;

/** An error that people read: what happened, under a stable code, and how to mend it. Crosses every pipe as it is. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  constructor(
    readonly code: string,
    text: string,
    readonly fix?: string,
  ) {
    super(text);
  }
}

export function toErrorShape(error: unknown): z.output<typeof rpcErrorShape> {
  if (error instanceof RpcError)
    return { code: error.code, message: error.message, ...(error.fix === undefined ? {} : { fix: error.fix }) };
  return { code: 'E_INTERNAL', message: error instanceof Error ? error.message : String(error) };
}

/** What to show of an error: its message, and how to mend it where it says so. */
export function errorWords(error: unknown): string {
  const { message, fix } = toErrorShape(error);
  return fix === undefined || message.includes(fix) ? message : `${message} ${fix}`;
}
