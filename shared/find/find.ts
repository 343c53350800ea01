import type { ParamValue } from '../graph/graph';
import type { TensorType } from '../graph/tensor';
import type { NetworkAnalysis, NodeAnalysis, NodePath } from '../infer/analysis';
import { findLayer } from '../layers/index';
import { defaultParams } from '../layers/parse';
import { parseQuery, plainName, type FindTerm, type Relation } from './query';

/** Layers and blocks that have all that the query asks for, in the order in which data meets them. */
export function findNodes(analysis: NetworkAnalysis, query: string): readonly NodePath[] {
  const terms = parseQuery(query);
  if (terms.length === 0) return [];
  return readingOrder(analysis).filter((path) => {
    const node = analysis.nodes.get(path);
    return node !== undefined && terms.every((term) => holds(term, node, analysis));
  });
}

/** A block comes before what is inside; layers of a cycle come last. */
function readingOrder({ order, nodes }: NetworkAnalysis): readonly NodePath[] {
  const seen = new Set<NodePath>();
  for (const path of order) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) seen.add(path.slice(0, slash));
    seen.add(path);
  }
  for (const path of nodes.keys()) seen.add(path);
  return [...seen];
}

function holds(term: FindTerm, node: NodeAnalysis, analysis: NetworkAnalysis): boolean {
  switch (term.kind) {
    case 'word':
      return wordsOf(node, analysis, term.field).some((text) => contains(text, term.word));
    case 'shape':
      return typesOf(node, term.side).some((type) => hasSizes(type, term.sizes));
    case 'value':
      return valuesOf(node, analysis, term.name).some((value) => relates(value, term.relation, term.value));
  }
}

/** Its own name, or the whole path where the word has a `/`; a block's name does not find all that is inside. */
function wordsOf({ name, path }: NodeAnalysis, { flat }: NetworkAnalysis, field: 'any' | 'name' | 'kind'): readonly string[] {
  const names = [name.slice(name.lastIndexOf('/') + 1), ...(name.includes('/') ? [`/${name}`] : [])];
  if (field === 'name') return names;
  const type = flat.nodes.get(path)?.type ?? 'block';
  const layer = findLayer(type);
  const kinds = layer ? [type, layer.title, layer.category, ...(layer.keywords ?? []), layer.docs.torchName ?? ''] : [type];
  return field === 'kind' ? kinds : [...names, ...kinds];
}

function contains(text: string, word: string): boolean {
  if (text.startsWith('/')) return word.includes('/') && text.toLowerCase().includes(word);
  return plainName(text).includes(plainName(word) || word);
}

/** What it gives out; what it takes in where it gives nothing, as an output does. */
function typesOf({ inputs, outputs }: NodeAnalysis, side: 'in' | 'out' | 'any'): readonly TensorType[] {
  const given = Object.values(outputs);
  if (side === 'in' || (side === 'any' && given.length === 0)) return Object.values(inputs);
  return given;
}

function hasSizes({ shape }: TensorType, sizes: readonly (number | null)[]): boolean {
  return shape.length === sizes.length + 1 && sizes.every((size, axis) => size === null || shape[axis + 1] === size);
}

const COUNTS: Readonly<Record<string, (node: NodeAnalysis) => number | undefined>> = {
  params: (node) => node.parameters,
  parameters: (node) => node.parameters,
  trainable: (node) => node.trainableParameters,
  macs: (node) => node.macs,
  problems: (node) => node.problems.length,
};

function valuesOf(node: NodeAnalysis, { flat }: NetworkAnalysis, name: string): readonly ParamValue[] {
  const count = Object.hasOwn(COUNTS, name) ? COUNTS[name]?.(node) : undefined;
  if (count !== undefined) return [count];
  const found = flat.nodes.get(node.path);
  const layer = found && findLayer(found.type);
  const params = found ? { ...(layer ? defaultParams(layer) : {}), ...found.params } : {};
  return Object.entries(params).flatMap(([key, value]) => (plainName(key) === name ? [value] : []));
}

function relates(value: ParamValue, relation: Relation, wanted: string): boolean {
  if (relation === '=') return isEqual(value, wanted);
  if (relation === '!=') return !isEqual(value, wanted);
  const [number, bound] = [numberIn(value), parseCount(wanted)];
  if (number === undefined || bound === undefined) return false;
  if (relation === '<') return number < bound;
  if (relation === '<=') return number <= bound;
  return relation === '>' ? number > bound : number >= bound;
}

/** `kernelSize=3` is 3×3, as a single number is wherever a pair is typed. */
function isEqual(value: ParamValue, wanted: string): boolean {
  if (Array.isArray(value)) {
    const parts = wanted.split(/[×xX,]/);
    return parts.length === 1
      ? value.every((each: ParamValue) => isEqual(each, wanted))
      : parts.length === value.length && parts.every((part, index) => isEqual(value[index] as ParamValue, part));
  }
  if (typeof value === 'number') return value === parseCount(wanted);
  return (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase() === wanted.toLowerCase();
}

/** The largest of a pair: `strides>1` finds whatever makes an image smaller. */
function numberIn(value: ParamValue): number | undefined {
  if (typeof value === 'number') return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((each) => typeof each === 'number') ? Math.max(...value) : undefined;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** `10000`, `10k`, `1.5M`, `1e-3`, `10,000`. */
function parseCount(text: string): number | undefined {
  const match = /^(-?[\d,]*\.?\d+(?:e[+-]?\d+)?)([kmg]?)$/i.exec(text);
  if (!match) return undefined;
  const number = Number((match[1] ?? '').replaceAll(',', '')) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1);
  return Number.isNaN(number) ? undefined : number;
}
