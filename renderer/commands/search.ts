import type { SkipDocument } from '../../shared/document/document';
import { libraryBlocks, sameBlock } from '../../shared/blocks/library/index';
import { CATEGORIES } from '../../shared/layers/define';
import { allLayers } from '../../shared/layers/index';
import type { Kind } from '../../shared/picture/face';
import { ownId, useOwnBlocks, type OwnBlock } from '../state/ownBlocks';
import type { Addable } from './addLayer';
import { fuzzyMatch, type FuzzyMatch } from './fuzzy';

/** Something that can be put on the canvas, as it is listed and searched. */
export interface AddableEntry {
  readonly addable: Addable;
  /** `conv2d`, or a block's name. */
  readonly name: string;
  readonly kind: Kind;
  readonly icon: string;
  readonly summary: string;
  readonly keywords: readonly string[];
  /** Of the person's own library: it can be taken out. */
  readonly own?: OwnBlock;
}

const layerEntries: readonly AddableEntry[] = allLayers.map((layer) => ({
  addable: { layer: layer.type },
  name: layer.type,
  kind: layer.category,
  icon: layer.icon,
  summary: layer.docs.summary,
  keywords: [layer.title, ...(layer.keywords ?? []), layer.docs.torchName ?? ''],
}));

/** Layers by category, the block definitions of the document, the person's own blocks, and those of the library that it does not have. */
export function addableEntries(
  { blocks }: Pick<SkipDocument, 'blocks'>,
  ownBlocks: readonly OwnBlock[] = useOwnBlocks.getState().blocks,
): readonly AddableEntry[] {
  const blockEntries = Object.values(blocks).map((block): AddableEntry => ({
    addable: { block: block.id },
    name: block.name,
    kind: 'blocks',
    icon: 'layers',
    summary: block.description ?? 'A block of this document.',
    keywords: ['block'],
  }));
  const ownEntries = ownBlocks.map((own): AddableEntry => ({
    addable: { library: ownId(own) },
    name: own.block.name,
    kind: 'blocks',
    icon: 'layers',
    summary: own.block.description ?? 'A block of your library.',
    keywords: ['block', 'own'],
    own,
  }));
  const libraryEntries = libraryBlocks
    .filter((block) => !Object.values(blocks).some((own) => sameBlock(own, block)))
    .map((block): AddableEntry => ({
      addable: { library: block.id },
      name: block.name,
      kind: 'blocks',
      icon: 'layers',
      summary: block.description ?? '',
      keywords: ['block', ...(block.keywords ?? [])],
    }));
  const layers = CATEGORIES.flatMap((category) => layerEntries.filter((entry) => entry.kind === category));
  return [...layers, ...blockEntries, ...libraryEntries, ...ownEntries];
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

/**
 * A keyword's match counts this share of a name's: a whole keyword less than a name in which one of the words begins so, more than
 * one that has the letters within a word. Words spread over name and keywords count less.
 */
const KEYWORD = 0.54;
const SPREAD = 0.6;

/** The entries that answer a search, best first; those that answer equally well keep their order. */
export function rank<T extends Searchable>(entries: readonly T[], query: string): readonly Ranked<T>[] {
  const ranked = entries.flatMap((entry): readonly Ranked<T>[] => {
    const match = matchEntry(entry, query);
    return match ? [{ entry, ...match }] : [];
  });
  return ranked.toSorted((a, b) => b.score - a.score);
}

function matchEntry({ name, keywords }: Searchable, query: string): FuzzyMatch | undefined {
  const inName = fuzzyMatch(query, name);
  const inKeyword = Math.max(0, ...keywords.map((keyword) => fuzzyMatch(query, keyword)?.score ?? 0)) * KEYWORD;
  if (inName || inKeyword > 0) return { score: Math.max(inName?.score ?? 0, inKeyword), letters: inName?.letters ?? [] };
  if (!query.includes(' ')) return undefined;
  const spread = fuzzyMatch(query, [name, ...keywords].join(' '));
  return spread && { score: spread.score * SPREAD, letters: spread.letters.filter((letter) => letter < name.length) };
}

export function searchEntries<T extends Searchable>(entries: readonly T[], query: string): readonly T[] {
  return rank(entries, query).map(({ entry }) => entry);
}
