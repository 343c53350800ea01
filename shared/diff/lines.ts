import type { DesignDiff, DesignTotals, LayerChange, LayerSide } from './designDiff';
import { changeInWords, counted, deltaInWords, directionInWords, fieldInWords, PINS, typeInWords } from './words';

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
  const line = (title: string, key: keyof DesignTotals, leftOut?: keyof DesignTotals): readonly DiffLine[] => {
    const [was, is] = [before[key], after[key]];
    if (was === is) return [];
    // A sum that leaves something out is the least that it can be, and has no difference.
    const [isLeast, wasLeast] = leftOut ? [after[leftOut] > 0, before[leftOut] > 0] : [false, false];
    const share = was > 0 ? `, ${percent((is - was) / was)}` : '';
    const delta = isLeast || wasLeast ? '' : ` (${deltaInWords(was, is)}${share})`;
    return [quiet(`${title} ${sumInWords(was, wasLeast)} → ${sumInWords(is, isLeast)}${delta}`)];
  };
  return [
    ...line('layers    ', 'layers'),
    ...line('parameters', 'parameters', 'unknownParameters'),
    ...line('MACs      ', 'macs', 'unknownMacs'),
    ...line('errors    ', 'errors'),
  ];
}

function sumInWords(sum: number, isLeast: boolean): string {
  return `${isLeast ? '≥ ' : ''}${sum.toLocaleString('en')}`;
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
