import { cp, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The repository. */
export const root = resolve(import.meta.dirname, '..', '..');

export interface TestFolders {
  readonly documents: string;
  readonly userData: string;
  /** Copies a bundled sample among the documents; resolves to its path. */
  addSample(name: string): Promise<string>;
  remove(): Promise<void>;
}

/** Fresh folders, so that no test sees what another one or the person at this machine left behind. */
export async function makeFolders(): Promise<TestFolders> {
  const make = async (name: string) => realpath(await mkdtemp(join(tmpdir(), `skipwire-${name}-`)));
  const documents = await make('documents');
  const userData = await make('data');
  return {
    documents,
    userData,
    addSample: (name) => copySample(name, documents),
    async remove() {
      await Promise.all([documents, userData].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })));
    },
  };
}

async function copySample(name: string, folder: string): Promise<string> {
  const target = join(folder, `${name}.skip.json`);
  await cp(join(root, 'assets', 'samples', `${name}.skip.json`), target);
  return target;
}

/** All files below a folder, with `/`, sorted. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
