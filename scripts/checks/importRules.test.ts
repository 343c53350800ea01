import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
interface Config {
  readonly forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden'];
  readonly options: ICruiseOptions;
}
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Config;

/** A violation of each rule, planted in a tree of its own. */
const PLANTED: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'no-cycles': ['shared/graph/a.ts', "import { b } from './b';\nexport const a = b;"],
  'shared-is-pure': ['shared/infer/pure.ts', "export { main } from '../../electron/main/index';"],
  'shared-has-few-dependencies': ['shared/infer/react.ts', "import 'react';"],
  'layers-are-a-star': ['shared/layers/core/one.ts', "export { two } from '../conv/two';"],
  'program-knows-no-export': ['shared/program/knows.ts', "export { x } from '../export/x';"],
  'engine-is-alone': ['electron/engine/alone.ts', "export { s } from '../services/s';"],
  'services-are-plain-node': ['electron/services/plain.ts', "import '@tensorflow/tfjs';"],
  'system-knows-nobody': ['electron/system/knows.ts', "export { s } from '../services/s';"],
  'images-know-nobody': ['electron/images/knows.ts', "export { s } from '../services/s';"],
  'electron-only-in-main': ['electron/cli/window.ts', "import 'electron';"],
  'hosts-do-not-meet': ['electron/web/meets.ts', "export { c } from '../cli/c';"],
  'page-knows-no-node': ['renderer/panels/knows.ts', "export { s } from '../../electron/services/s';"],
  'page-has-no-core-modules': ['renderer/panels/core.ts', "import 'node:fs';"],
  'react-flow-only-in-canvas': ['renderer/panels/flow.ts', "import '@xyflow/react';"],
  'ui-knows-no-app': ['renderer/ui/knows.ts', "export { s } from '../state/s';"],
};

/** What the planted files reach for. */
const REACHED: Readonly<Record<string, string>> = {
  'shared/graph/b.ts': "import { a } from './a';\nexport const b = () => a;",
  'shared/layers/conv/two.ts': 'export const two = 2;',
  'shared/export/x.ts': 'export const x = 1;',
  'electron/main/index.ts': 'export const main = 1;',
  'electron/services/s.ts': 'export const s = 1;',
  'electron/cli/c.ts': 'export const c = 1;',
  'renderer/state/s.ts': 'export const s = 1;',
};

let tree: string;
let found: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'skipwire-rules-'));
  for (const [file, text] of [...Object.values(PLANTED), ...Object.entries(REACHED)]) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  writeFileSync(
    join(tree, 'package.json'),
    JSON.stringify({ dependencies: { react: '*', electron: '*', '@xyflow/react': '*', '@tensorflow/tfjs': '*' } }),
  );
  const { tsConfig: _unused, ...options } = config.options;
  const result = await cruise(['shared', 'electron', 'renderer'], {
    ...options,
    baseDir: tree,
    validate: true,
    ruleSet: { forbidden: config.forbidden ?? [] },
  });
  const { summary } = result.output as ICruiseResult;
  const byRule = new Map<string, string[]>();
  for (const { rule, from } of summary.violations) byRule.set(rule.name, [...(byRule.get(rule.name) ?? []), from]);
  found = byRule;
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('every import rule catches a planted violation', () => {
  it.each((config.forbidden ?? []).map(({ name }) => name ?? ''))('%s', (name) => {
    const planted = PLANTED[name];
    expect(planted, `there is no planted violation of ${name}`).toBeDefined();
    expect(found.get(name)).toContain(planted?.[0]);
  });
});
