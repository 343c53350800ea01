import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What TypeScript says of a text that stands in a room, under that room's own settings. */
function errorsIn(room: string, text: string): string[] {
  const { config } = ts.readConfigFile(`${root}${room}/tsconfig.json`, (file) => readFileSync(file, 'utf8')) as {
    config: { extends: string };
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: ['planted.ts'], include: [] }, ts.sys, `${root}${room}`);
  const file = `${root}${room}/planted.ts`;
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || fileExists(name);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('the rooms’ own types catch what does not belong there', () => {
  it.each([
    ['shared', 'document.title', 'the DOM'],
    ['shared', 'process.exit()', 'Node'],
    ['shared', "Buffer.from('')", 'Node'],
    ['renderer', 'process.exit()', 'Node'],
    ['electron', 'document.title', 'the DOM'],
  ])('%s: %s is of %s', (room, expression) => {
    expect(errorsIn(room, `export const planted = ${expression};`).join()).toMatch(/Cannot find name/);
  });
});
