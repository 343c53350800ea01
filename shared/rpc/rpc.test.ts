import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createClient } from './client';
import { decodeFrame, encodeFrame } from './codec';
import { call, defineContract } from './define';
import { memoryPipes } from './memoryPipe';
import { RpcError } from './messages';
import { serve } from './serve';

const contract = defineContract({
  calls: {
    double: call(z.strictObject({ value: z.number() }), z.number()),
    fail: call(z.strictObject({}), z.number()),
    lie: call(z.strictObject({}), z.number()),
    never: call(z.strictObject({}), z.number()),
  },
  events: { tick: z.strictObject({ at: z.int() }) },
});

function connected() {
  const [page, host] = memoryPipes();
  const emit = serve(contract, host, {
    double: ({ value }) => value * 2,
    fail: () => {
      throw new RpcError('E_FULL', 'The disk is full.', 'Free 3 MB.');
    },
    lie: () => 'text' as unknown as number,
    never: () => new Promise<number>(() => undefined),
  });
  return { client: createClient(contract, page), page, host, emit };
}

describe('a contract over a pipe', () => {
  it('answers calls', async () => {
    expect(await connected().client.call('double', { value: 21 })).toBe(42);
  });

  it('carries errors with code, message and fix', async () => {
    await expect(connected().client.call('fail', {})).rejects.toMatchObject({
      code: 'E_FULL',
      message: 'The disk is full.',
      fix: 'Free 3 MB.',
    });
  });

  it('refuses input and output that do not fit', async () => {
    const { client } = connected();
    await expect(client.call('double', { value: 'x' } as unknown as { value: number })).rejects.toMatchObject({ code: 'E_INPUT' });
    await expect(client.call('lie', {})).rejects.toMatchObject({ code: 'E_INTERNAL' });
  });

  it.each(['nothing', '__proto__', 'constructor', 'toString'])('refuses the unknown call %s', async (name) => {
    await expect(connected().client.call(name as 'double', { value: 1 })).rejects.toMatchObject({ code: 'E_UNKNOWN_CALL' });
  });

  it('rejects all that is pending when the pipe closes, and every call after', async () => {
    const { client, page } = connected();
    const pending = client.call('never', {});
    page.close();
    await expect(pending).rejects.toMatchObject({ code: 'E_CLOSED' });
    await expect(client.call('double', { value: 1 })).rejects.toMatchObject({ code: 'E_CLOSED' });
  });

  it('delivers events until the subscription ends', async () => {
    const { client, emit } = connected();
    const seen: number[] = [];
    const end = client.on('tick', ({ at }) => seen.push(at));
    emit('tick', { at: 1 });
    await client.call('double', { value: 1 });
    end();
    emit('tick', { at: 2 });
    await client.call('double', { value: 1 });
    expect(seen).toEqual([1]);
  });

  it('ignores messages of no known shape', async () => {
    const { client, page, host } = connected();
    for (const junk of [null, 7, 'x', { kind: 'call' }, { kind: 'call', id: -1, name: 'double' }, { kind: 'shout' }]) {
      page.send(junk);
      host.send(junk);
    }
    expect(await client.call('double', { value: 1 })).toBe(2);
  });
});

describe('frames', () => {
  const array = fc.oneof(fc.float32Array(), fc.int32Array(), fc.uint8Array());
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      array,
      fc.array(tie('node')),
      fc.dictionary(
        fc.string().filter((key) => key !== '$array' && key !== '__proto__'),
        tie('node'),
      ),
    ),
  })).node;

  it('bring back what was sent', () => {
    fc.assert(
      fc.property(value, (sent) => {
        const plain = (key: string, item: unknown) =>
          ArrayBuffer.isView(item) ? [item.constructor.name, ...(item as Uint8Array)].map(String) : item;
        expect(JSON.stringify(decodeFrame(encodeFrame(sent)), plain)).toBe(JSON.stringify(sent, plain));
      }),
      { numRuns: 500 },
    );
  });

  it('bring arrays back out of a buffer whose `slice` copies nothing, as that of Node’s Buffer', () => {
    class PooledBytes extends Uint8Array {
      override slice(start?: number, end?: number) {
        return this.subarray(start, end);
      }
    }
    const frame = encodeFrame({ pixels: new Float32Array([1, 2, 3]) }) as Uint8Array;
    const pool = new PooledBytes(8192);
    pool.set(frame, 104);
    expect(decodeFrame(pool.subarray(104, 104 + frame.length))).toEqual({ pixels: new Float32Array([1, 2, 3]) });
  });

  it('that are damaged give an error, never a crash or a foreign array', () => {
    const whole = encodeFrame({ a: new Float32Array([1, 2, 3]), b: new Uint8Array(5) }) as Uint8Array;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: whole.length }),
        (at, byte, length) => {
          const damaged = whole.slice(0, length);
          if (at < length) damaged[at] = byte;
          try {
            decodeFrame(damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(RpcError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('nested too deep are refused', () => {
    expect(() => decodeFrame('['.repeat(100) + ']'.repeat(100))).toThrow(/nested more than 64/);
  });
});
