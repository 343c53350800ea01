import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact';

const known = {
  folders: { '/home/ada': '~', '/home/ada/.config/skipwire': '<settings>', '/opt/skipwire': '<program>' },
  names: ['ada', 'difference-engine'],
};
const plain = (text: string) => redact(text, known);

describe('a report for others', () => {
  it.each([
    ['ENOENT: no such file, open /home/ada/thesis/secret.skip.json', 'ENOENT: no such file, open <path>'],
    ['“secret.skip.json” could not be saved', '“…” could not be saved'],
    ['at run (/opt/skipwire/out/node/chunks/runs.js:12:3)', 'at run (<program>/out/node/chunks/runs.js:12:3)'],
    ['read C:\\Users\\Ada\\net.json', 'read <path>'],
    ['ada on difference-engine', '<name> on <name>'],
    ['mail ada@example.org from 192.168.1.20', 'mail <address> from <address>'],
    ['GET http://127.0.0.1:4040/?token=abc', 'GET <address>'],
    ['TensorFlow 2.15 on 4 cores, 1/2 done', 'TensorFlow 2.15 on 4 cores, 1/2 done'],
  ])('%s', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('never tells the home folder or the user, wherever they stand', () => {
    const word = fc.constantFrom(
      '/home/ada',
      '/home/ada/x y',
      'Ada',
      '~/a',
      'adamant',
      '"',
      '“',
      '”',
      ' ',
      ':',
      '/',
      '(',
      'file:///home/ada/n',
      'ok',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        expect(plain(words.join('')).toLowerCase()).not.toMatch(/ada|\/home/);
      }),
    );
  });
});
