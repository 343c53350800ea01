import { describe, expect, it } from 'vitest';
import { RpcError } from '../../shared/rpc/messages';
import { createLog, linesInto } from './log';
import { withLog } from './logging';

describe('the log', () => {
  it('keeps the last 2,000 lines', () => {
    const log = createLog();
    for (let number = 1; number <= 7000; number += 1) log.add('info', 'test', String(number));
    const lines = log.read(0);
    expect([lines.length, lines[0]?.text, lines.at(-1)?.text]).toEqual([2000, '5001', '7000']);
  });

  it('tells what came after a line', () => {
    const log = createLog(() => 5);
    for (const text of ['a', 'b', 'c']) log.add('info', 'test', text);
    expect(log.read(2)).toEqual([{ number: 3, at: 5, level: 'info', source: 'test', text: 'c' }]);
  });

  it('puts chunks of a stream together to lines, with the level that TensorFlow writes', () => {
    const log = createLog();
    const write = linesInto(log, 'engine');
    write('2024-01-01 10:00:00.5: I core/cpu.cc] first\n2024-01-01 10:00:00.5: W core/');
    write('gpu.cc] second\r\nTypeError: third\nhalf');
    expect(log.read(0).map(({ level, text }) => [level, text.slice(-6)])).toEqual([
      ['info', ' first'],
      ['warning', 'second'],
      ['error', ' third'],
    ]);
  });

  it('says what was refused and what went wrong, and passes it on', async () => {
    const log = createLog();
    const handlers = withLog(
      {
        refuse: () => Promise.reject(new RpcError('E_GONE', 'It is gone.')),
        fail: () => Promise.reject(new TypeError('x is not a function')),
        work: () => 1,
      },
      log,
    );
    await expect(handlers.refuse()).rejects.toThrow('It is gone.');
    await expect(handlers.fail()).rejects.toThrow('x is not a function');
    expect(await (handlers.work as () => unknown)()).toBe(1);
    expect(log.read(0).map(({ level, source, text }) => [level, source, text.split('\n')[0]])).toEqual([
      ['warning', 'refuse', 'E_GONE: It is gone.'],
      ['error', 'fail', 'TypeError: x is not a function'],
    ]);
  });
});
