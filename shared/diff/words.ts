import type { FlowDirection } from '../graph/direction';
import type { ParamValue } from '../graph/graph';
import { isExpression } from '../document/document';
import { findLayer } from '../layers/index';
import type { DocumentDifferences, FieldChange } from './compareDocuments';
import type { DesignDiff, DirectionChange, LayerChange, LayerSide } from './designDiff';

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

function deltaInWords(before: number, after: number): string {
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
const PINS = { set: 'pinned', removed: 'no longer pinned' } as const;

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

function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`;
}

/** A line of the text form, and what it tells of. */
export interface DiffLine {
  readonly tone: 'heading' | 'added' | 'removed' | 'changed' | 'quiet';
  readonly text: string;
}

/** The difference as lines: totals, then the network and each block's definition, then settings. */
export function diffInLines(diff: DesignDiff, ignoreMoves = false): readonly DiffLine[] {
  const directions = ignoreMoves ? [] : diff.directions;
  const places = [...new Set([...diff.layers, ...diff.wires, ...directions].map(({ block }) => block))];
  return [
    ...totalLines(diff),
    ...blockLines(diff),
    ...places.flatMap((block) => placeLines(diff, block, ignoreMoves)),
    ...(diff.settings.length === 0 ? [] : [heading('Settings')]),
    ...diff.settings.map((change): DiffLine => ({ tone: 'changed', text: `  ~ ${fieldInWords(change)}` })),
    ...(diff.annotations === 0 || ignoreMoves ? [] : [quiet(`  Frames and notes: ${diff.annotations} changed`)]),
  ];
}

const heading = (text: string): DiffLine => ({ tone: 'heading', text });
const quiet = (text: string): DiffLine => ({ tone: 'quiet', text });

function totalLines({ totals: { before, after } }: DesignDiff): readonly DiffLine[] {
  const line = (title: string, key: keyof typeof before): readonly DiffLine[] => {
    const [was, is] = [before[key], after[key]];
    if (was === is) return [];
    const share = was > 0 ? `, ${percent((is - was) / was)}` : '';
    return [quiet(`${title} ${was.toLocaleString('en')} → ${is.toLocaleString('en')} (${deltaInWords(was, is)}${share})`)];
  };
  return [
    ...line('layers    ', 'layers'),
    ...line('parameters', 'parameters'),
    ...line('MACs      ', 'macs'),
    ...line('errors    ', 'errors'),
  ];
}

function percent(share: number): string {
  const value = share * 100;
  return `${value < 0 ? '−' : '+'}${Math.abs(value) >= 100 ? Math.round(Math.abs(value)).toLocaleString('en') : Math.abs(value).toPrecision(2)} %`;
}

const SIGNS = { added: '+', removed: '−', changed: '~' } as const;

function blockLines({ blocks }: DesignDiff): readonly DiffLine[] {
  if (blocks.length === 0) return [];
  return [
    heading('Blocks'),
    ...blocks.map(({ kind, name, layers, fields }): DiffLine => ({
      tone: kind,
      text: [`  ${SIGNS[kind]} ${name}`, ...(kind === 'changed' ? fields.map(fieldInWords) : [counted(layers, 'layer')])].join('  '),
    })),
  ];
}

function placeLines(diff: DesignDiff, block: string | null, ignoreMoves: boolean): readonly DiffLine[] {
  const here = diff.layers.filter((change) => change.block === block);
  const changed = here.filter(({ kind }) => kind !== 'moved');
  const lines = [
    ...changed.map((change) => layerLine(ignoreMoves ? withoutPin(change) : change)),
    ...diff.wires.filter((wire) => wire.block === block && wire.isBetweenKept).map(wireLine),
    ...(ignoreMoves ? [] : standingLines(diff, block)),
  ];
  return lines.length === 0 ? [] : [heading(block === null ? 'Network' : `Inside “${block}”`), ...lines];
}

function withoutPin({ placed: _, ...change }: LayerChange): LayerChange {
  return change;
}

/** What only concerns where layers stand. */
function standingLines({ layers, directions }: DesignDiff, block: string | null): readonly DiffLine[] {
  const moved = layers.filter((change) => change.block === block && change.kind === 'moved');
  const named = (what: string, those: readonly LayerChange[]): readonly DiffLine[] => {
    const names = those.flatMap(({ after }) => after?.name ?? []);
    return names.length === 0 ? [] : [quiet(`  > ${what}: ${names.length > 8 ? counted(names.length, 'layer') : names.join(', ')}`)];
  };
  const turns = directions.filter((change) => change.block === block).map((change) => directionInWords(change).join(', '));
  return [
    ...turns.map((words) => quiet(`  > ${words.charAt(0).toLowerCase()}${words.slice(1)}`)),
    ...named(
      'moved',
      moved.filter(({ isMoved }) => isMoved),
    ),
    ...named(
      PINS.set,
      moved.filter(({ placed }) => placed === true),
    ),
    ...named(
      PINS.removed,
      moved.filter(({ placed }) => placed === false),
    ),
  ];
}

function layerLine(change: LayerChange): DiffLine {
  const { kind, before, after } = change;
  const side = (after ?? before) as LayerSide;
  const what = `${typeInWords(side.type)} ${side.name}`;
  const parts = changeInWords(change);
  if (kind === 'affected') return quiet(`  = ${what}  ${parts.join('  ')}`);
  const tone = kind === 'moved' ? 'quiet' : kind;
  return { tone, text: [`  ${kind === 'moved' ? '>' : SIGNS[kind]} ${what}`, ...parts].join('  ') };
}

function wireLine({ kind, from, to }: DesignDiff['wires'][number]): DiffLine {
  return { tone: kind, text: `  ${SIGNS[kind]} wire ${from} → ${to}` };
}
