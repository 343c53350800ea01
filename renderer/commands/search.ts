import type { SkipDocument } from '../../shared/document/document';
import { CATEGORIES } from '../../shared/layers/define';
import { allLayers } from '../../shared/layers/index';
import type { Kind } from '../state/kinds';
import type { Addable } from './addLayer';
import { fuzzyMatch } from './fuzzy';

/** Something that can be put on the canvas, as it is listed and searched. */
export interface AddableEntry {
  readonly addable: Addable;
  /** `conv2d`, or a block's name. */
  readonly name: string;
  readonly kind: Kind;
  readonly icon: string;
  readonly summary: string;
  readonly keywords: readonly string[];
}

const layerEntries: readonly AddableEntry[] = allLayers.map((layer) => ({
  addable: { layer: layer.type },
  name: layer.type,
  kind: layer.category,
  icon: layer.icon,
  summary: layer.docs.summary,
  keywords: [layer.title, ...(layer.keywords ?? []), layer.docs.torchName ?? ''],
}));

/** Layers by category, then the block definitions of the document. */
export function addableEntries({ blocks }: Pick<SkipDocument, 'blocks'>): readonly AddableEntry[] {
  const blockEntries = Object.values(blocks).map((block): AddableEntry => ({
    addable: { block: block.id },
    name: block.name,
    kind: 'blocks',
    icon: 'layers',
    summary: block.description ?? 'A block of this document.',
    keywords: ['block'],
  }));
  return [...CATEGORIES.flatMap((category) => layerEntries.filter((entry) => entry.kind === category)), ...blockEntries];
}

/** What a search looks at: the name counts more than the other words under which a thing is known. */
export interface Searchable {
  readonly name: string;
  readonly keywords: readonly string[];
}

/** An entry that answers, and the letters of its name that did. */
export interface Ranked<T> {
  readonly entry: T;
  readonly score: number;
  readonly letters: readonly number[];
}

/** A keyword's match counts this share of a name's. */
const KEYWORD = 0.8;

/** The entries that answer a search, best first; those that answer equally well keep their order. */
export function rank<T extends Searchable>(entries: readonly T[], query: string): readonly Ranked<T>[] {
  const ranked = entries.flatMap((entry): readonly Ranked<T>[] => {
    const name = fuzzyMatch(query, entry.name);
    const other = Math.max(0, ...entry.keywords.map((keyword) => fuzzyMatch(query, keyword)?.score ?? 0)) * KEYWORD;
    if (!name && other === 0) return [];
    return [{ entry, score: Math.max(name?.score ?? 0, other), letters: name?.letters ?? [] }];
  });
  return ranked.toSorted((a, b) => b.score - a.score);
}

export function searchEntries<T extends Searchable>(entries: readonly T[], query: string): readonly T[] {
  return rank(entries, query).map(({ entry }) => entry);
}
