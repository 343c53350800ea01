import type { SkipDocument } from '../../shared/document/document';
import { CATEGORIES } from '../../shared/layers/define';
import { allLayers } from '../../shared/layers/index';
import type { Kind } from '../state/kinds';
import type { Addable } from './addLayer';

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

/** How well an entry answers a search: 0 is not at all. Names count more than keywords, beginnings more than middles. */
export function scoreOf(entry: Pick<AddableEntry, 'name' | 'keywords' | 'summary'>, query: string): number {
  const wanted = plain(query);
  if (wanted === '') return 1;
  const name = plain(entry.name);
  if (name === wanted) return 6;
  if (name.startsWith(wanted)) return 5;
  const keywords = entry.keywords.map(plain);
  if (keywords.some((keyword) => keyword.startsWith(wanted))) return 4;
  if (name.includes(wanted)) return 3;
  if (keywords.some((keyword) => keyword.includes(wanted))) return 2;
  return wanted.length > 2 && isSubsequence(wanted, name) ? 1 : 0;
}

/** The entries that answer a search, best first. */
export function searchEntries<T extends Pick<AddableEntry, 'name' | 'keywords' | 'summary'>>(
  entries: readonly T[],
  query: string,
): readonly T[] {
  const scored = entries.map((entry) => ({ entry, score: scoreOf(entry, query) })).filter(({ score }) => score > 0);
  return scored.toSorted((a, b) => b.score - a.score).map(({ entry }) => entry);
}

/** `batch norm`, `batchNorm` and `Batch-Norm` are the same search. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_.-]+/g, '');
}

function isSubsequence(wanted: string, text: string): boolean {
  let at = 0;
  for (const character of text) if (character === wanted[at]) at += 1;
  return at === wanted.length;
}
