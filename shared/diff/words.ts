import type { FlowDirection } from '../graph/direction';
import type { ParamValue } from '../graph/graph';
import { isExpression } from '../document/document';
import { findLayer } from '../layers/index';
import type { DocumentDifferences, FieldChange } from './compareDocuments';
import type { DirectionChange, LayerChange, LayerSide } from './designDiff';

/** A value as people read it: `3×3`, `none`, `= filters * 4`. */
export function valueInWords(value: ParamValue | undefined): string {
  if (value === undefined) return 'not set';
  if (value === null) return 'none';
  if (isExpression(value)) return `= ${value.$}`;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number' || typeof item === 'string')) return value.join('×') || 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `filters 64 → 128`. */
export function fieldInWords({ field, before, after }: FieldChange): string {
  return `${field} ${valueInWords(before)} → ${valueInWords(after)}`;
}

/** `Conv2D`, or that it is a block or one of a block's ends. */
export function typeInWords(type: string): string {
  const structural: Readonly<Record<string, string>> = { block: 'Block', blockInput: 'Block input', blockOutput: 'Block output' };
  return findLayer(type)?.title ?? structural[type] ?? type;
}

/** `+73,728`, or `−73,728`. */
export function deltaInWords(before: number, after: number): string {
  const delta = after - before;
  return `${delta < 0 ? '−' : '+'}${Math.abs(delta).toLocaleString('en')}`;
}

/** `+73,728 parameters`; nothing where they are the same, or unknown on a side. */
function deltaOf(before: number | null, after: number | null, what: string): readonly string[] {
  return before === null || after === null || before === after ? [] : [`${deltaInWords(before, after)} ${what}`];
}

/** What changed at a layer, in parts: its name, its parameters, its shape, its parameters’ count and MACs, its pin. */
export function changeInWords({ kind, before, after, params, placed }: LayerChange): readonly string[] {
  if (!before || !after) return figuresInWords((after ?? before) as LayerSide, kind === 'removed' ? '−' : '+');
  return [
    ...(before.name === after.name ? [] : [`was called ${before.name}`]),
    ...params.map(fieldInWords),
    ...(before.shape === after.shape ? [] : [`${before.shape ?? '?'} → ${after.shape ?? '?'}`]),
    ...deltaOf(before.parameters, after.parameters, 'parameters'),
    ...deltaOf(before.macs, after.macs, 'MACs'),
    ...(placed === undefined ? [] : [PINS[placed ? 'set' : 'removed']]),
  ];
}

/** The mark of a layer that arranging leaves where it is. */
export const PINS = { set: 'pinned', removed: 'no longer pinned' } as const;

const WAYS: Readonly<Record<FlowDirection, string>> = { right: 'from left to right', down: 'from top to bottom' };

/** `Runs from top to bottom`, and how it was. */
export function directionInWords({ before, after }: DirectionChange): readonly [now: string, was: string] {
  return [`Runs ${WAYS[after]}`, `was ${WAYS[before]}`];
}

function figuresInWords({ shape, parameters, macs }: LayerSide, sign: string): readonly string[] {
  const counted = (value: number | null, what: string) => (value ? [`${sign}${value.toLocaleString('en')} ${what}`] : []);
  return [...(shape === null ? [] : [shape]), ...counted(parameters, 'parameters'), ...counted(macs, 'MACs')];
}

/** The differences in one sentence: `Added conv2, 3 layers changed.` */
export function differencesInASentence({ places, blocksAdded, blocksRemoved, settings }: DocumentDifferences): string {
  const named = (act: string, names: readonly string[], what = 'layer', before = '') =>
    names.length === 0 ? '' : names.length <= 2 ? `${act} ${before}${names.join(' and ')}` : `${act} ${counted(names.length, what)}`;
  const wires = places.flatMap((place) => place.wires);
  const count = (kind: 'added' | 'removed') => wires.filter((wire) => wire.kind === kind).length;
  const parts = [
    named(
      'added',
      places.flatMap(({ added }) => added.map(({ name }) => name)),
    ),
    named(
      'removed',
      places.flatMap(({ removed }) => removed.map(({ name }) => name)),
    ),
    named('changed', changedNames(places)),
    named(
      'added',
      blocksAdded.map(({ name }) => name),
      'block',
      'the block ',
    ),
    named(
      'removed',
      blocksRemoved.map(({ name }) => name),
      'block',
      'the block ',
    ),
    count('added') > 0 ? `${counted(count('added'), 'wire')} added` : '',
    count('removed') > 0 ? `${counted(count('removed'), 'wire')} removed` : '',
    settings.length > 0 ? 'settings of training or data changed' : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'No layer and no wire changed.';
  const sentence = `${parts.join(', ')}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Names of the layers that are on both sides and not the same, where layers only stand elsewhere left out. */
export function changedNames(places: DocumentDifferences['places']): readonly string[] {
  return places.flatMap(({ pairs, kept }) =>
    pairs
      .filter(([before, after]) => before.name !== after.name || (kept.get(after.id)?.params.length ?? 0) > 0)
      .map(([, { name }]) => name),
  );
}

/** `1 layer`, `2 layers`. */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`;
}
