import type * as z from 'zod';

/** One call of a contract: both directions are parsed on both sides. */
export interface CallSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
}

/** Calls that the client makes and events that the host sends, each with its schema. */
export interface Contract {
  readonly calls: Readonly<Record<string, CallSpec>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallSpec<I, O> {
  return { input, output };
}

export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

/** Input as the caller writes it (defaults may be left out). */
export type CallInput<C extends Contract, K extends keyof C['calls']> = z.input<C['calls'][K]['input']>;
export type CallOutput<C extends Contract, K extends keyof C['calls']> = z.output<C['calls'][K]['output']>;
export type EventPayload<C extends Contract, K extends keyof C['events']> = z.output<C['events'][K]>;

/** Typed calls and subscriptions over a pipe. */
export interface Client<C extends Contract> {
  call<K extends keyof C['calls'] & string>(name: K, input: CallInput<C, K>): Promise<CallOutput<C, K>>;
  /** Returns the function that ends the subscription. */
  on<K extends keyof C['events'] & string>(name: K, listener: (payload: EventPayload<C, K>) => void): () => void;
  close(): void;
}

/** What answers a contract: one function a call. */
export type Handlers<C extends Contract> = {
  readonly [K in keyof C['calls'] & string]: (
    input: z.output<C['calls'][K]['input']>,
  ) => Promise<z.input<C['calls'][K]['output']>> | z.input<C['calls'][K]['output']>;
};

/** Sends an event of the contract to whoever listens. */
export type Emit<C extends Contract> = <K extends keyof C['events'] & string>(name: K, payload: z.input<C['events'][K]>) => void;

/** A two-way channel of messages; typed arrays pass as they are. */
export interface Pipe {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
