import { readFile, rename } from 'node:fs/promises';

/** A small file of ours: its JSON, or undefined where it is not there. A damaged one is moved aside, never in the way. */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    await rename(path, `${path}.damaged`).catch(() => undefined);
    return undefined;
  }
}
