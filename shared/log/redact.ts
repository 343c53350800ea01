/** What a text must not tell. */
export interface Private {
  /** Folders by what stands for them: the home folder as `~`. The longest is taken first. */
  readonly folders: Readonly<Record<string, string>>;
  /** Names of the user and the computer. */
  readonly names: readonly string[];
}

/** Shorter names are also words; to take them out would only spoil the text. */
const SHORTEST_NAME = 3;

/**
 * A text without personal data, for a report that others read: no paths, no names of users, computers or files, no
 * addresses. Rather too little stays than too much.
 */
export function redact(text: string, { folders, names }: Private): string {
  let plain = text;
  const known = Object.keys(folders).filter((folder) => folder.length > 1);
  for (const folder of known.toSorted((a, b) => b.length - a.length)) plain = plain.replaceAll(folder, folders[folder] ?? '');
  plain = plain
    // What people name stands in these quotes in every message of ours.
    .replace(/“[^”]*”/g, '“…”')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '<address>')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '<address>')
    .replace(/\b(?:https?|file|wss?):\/\/[^\s"')\]]+/gi, '<address>')
    .replace(/~[\\/][^\s"':,)\]]*/g, '<path>')
    .replace(/\b[A-Za-z]:\\[^\s"',)\]]+/g, '<path>')
    .replace(/(?<![\w>.])\/(?!\/)[^\s"':,)\]]+/g, '<path>');
  for (const name of names) if (name.length >= SHORTEST_NAME) plain = replaceName(plain, name);
  return plain;
}

function replaceName(text: string, name: string): string {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(escaped, 'gi'), '<name>');
}
