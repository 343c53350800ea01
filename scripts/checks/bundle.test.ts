import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../out/renderer/', import.meta.url));
/** What must not be in a page: TensorFlow, onnxruntime, Node and Electron. */
const FOREIGN = /@tensorflow\/|onnxruntime|node:|\/electron\/|__vite-browser-external/;

/** Every source file of the built page, by its source maps. */
function sourcesOfPage(): string[] {
  const maps = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js.map'));
  return maps.flatMap((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { sources: string[] }).sources);
}

describe('the built page', () => {
  it('is there, with its source maps', () => {
    expect(existsSync(join(folder, 'index.html'))).toBe(true);
    expect(sourcesOfPage().length).toBeGreaterThan(100);
  });

  it('holds nothing of TensorFlow, onnxruntime, Node or Electron', () => {
    expect(sourcesOfPage().filter((source) => FOREIGN.test(source))).toEqual([]);
  });

  it('would be caught if it did', () => {
    for (const planted of [
      '../../node_modules/@tensorflow/tfjs/dist/index.js',
      '../../electron/services/project.ts',
      'node:fs',
      '../node_modules/onnxruntime-node/x.js',
    ])
      expect(FOREIGN.test(planted), planted).toBe(true);
  });

  it('has no inline script, so that its policy needs none', () => {
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    expect([...html.matchAll(/<script(?![^>]*\bsrc=)/g)]).toEqual([]);
  });
});
