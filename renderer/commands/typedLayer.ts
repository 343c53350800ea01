import type { SkipDocument } from '../../shared/document/document';
import { readTypedValues } from '../../shared/edits/typedValues';
import type { Graph, NodeId, Params } from '../../shared/graph/graph';
import { findLayer } from '../../shared/layers/index';
import { controlForValue, labelOf, paramFields, type ParamField } from '../../shared/layers/paramFields';
import { libraryBlock } from '../state/ownBlocks';
import { rank, type AddableEntry } from './search';

/** A layer that answers what was typed, with the values and the other layers that were named behind it. */
export interface TypedEntry {
  readonly entry: AddableEntry;
  readonly values: Params;
  /** Layers that feed it, too: `add layer1`. */
  readonly also: readonly NodeId[];
  /** How surely it is meant: 0 by its whole name, 1 by its beginning, 2 by something in it, 3 by a guess. */
  readonly tier: 0 | 1 | 2 | 3;
}

/** Letters that stand scattered in a name are a guess: values behind a name are more likely. */
const GUESS = 30;
/** A name, or another word for it, that begins with what was typed. */
const BEGINS = 60;
/** The name itself: it is meant, however badly it fits. */
const WHOLE = 100;

const tierOf = (score: number) => (score >= WHOLE ? 0 : score > BEGINS ? 1 : score > GUESS ? 2 : 3);

/**
 * The entries that answer a text such as `conv`, `conv 128 /2`, `dense10`, `add layer1`: a name that is meant as a whole goes
 * first, then a name with values behind it. A shape alone is an input of that shape.
 */
export function typedEntries(
  entries: readonly AddableEntry[],
  query: string,
  { graph, blocks }: Pick<SkipDocument, 'graph' | 'blocks'>,
): readonly TypedEntry[] {
  const whole = rank(entries, query);
  const plain = whole.map(({ entry, score }): TypedEntry => ({
    entry,
    values: {},
    also: [],
    tier: query.trim() === '' ? 0 : tierOf(score),
  }));
  if ((whole[0]?.score ?? 0) > GUESS) return plain;
  for (const [name, rest] of splits(query)) {
    const named = name === '' ? inputsIn(entries) : rank(entries, name);
    const found = named.flatMap(({ entry, score }) => withValues(entry, rest, graph, blocks, tierOf(score)) ?? []);
    if (found.length > 0) return found;
  }
  return plain;
}

/** Where the name may end: before the first figure, and at each space, the longest name first. */
function splits(query: string): readonly (readonly [name: string, rest: string])[] {
  const text = query.trim();
  const ends = [...text.matchAll(/\s+/g)].map(({ index }) => index).reverse();
  const figure = text.search(/[\d/.]/);
  const parts = [...new Set(figure < 0 ? ends : [...ends, figure])].map(
    (end) => [text.slice(0, end).trim(), text.slice(end).trim()] as const,
  );
  // A number after a space is a value: `max pool 3 /2` is no maxPooling3d.
  return parts.filter(([name]) => !/\s\d+$/.test(name));
}

function inputsIn(entries: readonly AddableEntry[]) {
  const inputs = entries.filter(({ addable }) => 'layer' in addable && addable.layer === 'input');
  return inputs.map((entry) => ({ entry, score: WHOLE }));
}

function withValues(
  entry: AddableEntry,
  rest: string,
  graph: Graph,
  blocks: SkipDocument['blocks'],
  tier: TypedEntry['tier'],
): TypedEntry | undefined {
  const fields = fieldsOf(entry, blocks);
  const typed = fields && readTypedValues(fields, rest);
  if (!typed) return undefined;
  const also = typed.words.map((word) => Object.values(graph.nodes).find(({ name }) => name.toLowerCase() === word.toLowerCase())?.id);
  return also.every((id) => id !== undefined) ? { entry, values: typed.params, also, tier } : undefined;
}

function fieldsOf({ addable }: AddableEntry, blocks: SkipDocument['blocks']): readonly ParamField[] | undefined {
  if ('layer' in addable) {
    const layer = findLayer(addable.layer);
    return layer && paramFields(layer);
  }
  const block = 'block' in addable ? blocks[addable.block] : libraryBlock(addable.library);
  return block?.parameters.map(({ name, default: value }) => ({
    name,
    label: labelOf(name),
    description: undefined,
    default: value,
    control: controlForValue(value),
  }));
}
