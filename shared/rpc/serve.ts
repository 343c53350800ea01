import type { Contract, Emit, Handlers, Pipe } from './define';
import { message, RpcError, toErrorShape, type Message } from './messages';

/**
 * Answers a contract on a pipe. Input is parsed before a handler sees it and output before it leaves; an unknown call, an
 * input that does not fit and a message of no known shape do nothing but get an error.
 */
export function serve<C extends Contract>(contract: C, pipe: Pipe, handlers: Handlers<C>): Emit<C> {
  const answers = handlers as Readonly<Record<string, (input: unknown) => unknown>>;
  let open = true;
  const send = (answer: Message) => {
    if (open) pipe.send(answer);
  };
  pipe.onClose(() => (open = false));
  pipe.onMessage((raw) => {
    const parsed = message.safeParse(raw);
    if (!parsed.success || parsed.data.kind !== 'call') return;
    const { id, name, input } = parsed.data;
    answer(contract, answers, name, input).then(
      (output) => send({ kind: 'result', id, output }),
      (error: unknown) => send({ kind: 'error', id, error: toErrorShape(error) }),
    );
  });
  return (name, payload) => {
    const parsed = contract.events[name]?.safeParse(payload);
    if (!parsed?.success) throw new RpcError('E_CONTRACT', `The event ${name} does not fit the contract.`);
    send({ kind: 'event', name, payload: parsed.data });
  };
}

async function answer(
  contract: Contract,
  handlers: Readonly<Record<string, (input: unknown) => unknown>>,
  name: string,
  input: unknown,
): Promise<unknown> {
  const call = Object.hasOwn(contract.calls, name) ? contract.calls[name] : undefined;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!call || !handler) throw new RpcError('E_UNKNOWN_CALL', `There is no call "${name.slice(0, 60)}".`);
  const parsed = call.input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RpcError(
      'E_INPUT',
      `${name}: ${issue?.path.map(String).join('.') || 'input'}: ${issue?.message.slice(0, 300) ?? 'does not fit'}.`,
    );
  }
  const output = call.output.safeParse(await handler(parsed.data));
  if (!output.success)
    throw new RpcError(
      'E_INTERNAL',
      `${name} gave an answer that does not fit the contract: ${output.error.issues[0]?.path.map(String).join('.') ?? ''}.`,
    );
  return output.data;
}
