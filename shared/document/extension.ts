/** What the names of documents' files end with. */
export const EXTENSION = '.skip.json';

/** A name or path as a document is saved under: `net` and `net.json` become `net.skip.json`. */
export function withExtension(path: string): string {
  return path.endsWith(EXTENSION) ? path : `${path.replace(/\.json$/, '')}${EXTENSION}`;
}
