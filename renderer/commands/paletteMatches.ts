import type { CommandId } from '../../shared/commands/commands';
import { useDocument } from '../state/document';
import { useRecent } from '../state/recent';
import { afterFrames, useSession } from '../state/session';
import { addableToText, addLayer } from './addLayer';
import { annotationEntries, goToAnnotation } from './annotating';
import { bookmarks, goToBookmark } from './bookmarks';
import { commandIds, commandSpec, commandState, runCommand } from './commands';
import { knownNetworks, openKnownNetwork } from './knownNetworks';
import { openFrom } from './opening';
import { settingList } from './settingList';
import { nodeEntries, nodeFace } from './paletteNodes';
import { returnToCanvas } from './walking';
import { addableEntries, rank, type Ranked, type Searchable } from './search';

/** A line of the command palette. */
export interface PaletteItem {
  /** Unique in the list. */
  readonly key: string;
  readonly title: string;
  /** The letters of the title that answer the search. */
  readonly letters: readonly number[];
  readonly detail?: string | undefined;
  /** Its keys are shown at the end. */
  readonly command?: CommandId | undefined;
  readonly icon?: PaletteIcon | undefined;
  /** Why it cannot be done now. */
  readonly disabled?: string | undefined;
  run(): unknown;
}

export type PaletteIcon =
  | { readonly kind: 'layer'; readonly icon: string; readonly category: string }
  | { readonly kind: 'error' | 'warning' | 'file' | 'sample' | 'setting' | 'bookmark' };

export interface PaletteGroup {
  readonly title: string;
  readonly items: readonly PaletteItem[];
}

/** What a sign in front of the search leaves of it: `>` commands, `@` layers of this network, `#` problems, `+` layers to add. */
export const PREFIXES = [
  { sign: '>', means: 'commands' },
  { sign: '@', means: 'layers of this network' },
  { sign: '#', means: 'problems' },
  { sign: '+', means: 'layers to add' },
] as const;
type Sign = (typeof PREFIXES)[number]['sign'];

interface Source {
  readonly title: string;
  readonly sign?: Sign;
  /** What answers, best first; `isAlone` where a sign asked for nothing else. */
  search(query: string, isAlone: boolean): readonly Scored[];
}

interface Scored {
  readonly score: number;
  /** Made only for what is shown. */
  item(): PaletteItem;
}

/** As many of each kind as can be taken in at a glance; more where only that kind is asked for. */
const SHOWN = 7;
const SHOWN_ALONE = 100;

/** All that answers, the kind with the best answer first. */
export function paletteGroups(text: string): readonly PaletteGroup[] {
  const sign = PREFIXES.find((prefix) => text.startsWith(prefix.sign))?.sign;
  const query = sign ? text.slice(1).trim() : text.trim();
  return sources
    .filter((source) => sign === undefined || source.sign === sign)
    .map((source) => ({ title: source.title, found: source.search(query, sign !== undefined) }))
    .filter(({ found }) => found.length > 0)
    .toSorted((a, b) => (query === '' ? 0 : (b.found[0]?.score ?? 0) - (a.found[0]?.score ?? 0)))
    .map(({ title, found }) => ({ title, items: found.slice(0, sign ? SHOWN_ALONE : SHOWN).map((each) => each.item()) }));
}

const used: CommandId[] = [];

function noteUse(id: CommandId): void {
  const before = used.indexOf(id);
  if (before >= 0) used.splice(before, 1);
  used.unshift(id);
}

/** With nothing typed: those that were used last and can be done now come first. */
function searchCommands(query: string, isAlone: boolean): readonly Scored[] {
  const entries = commandIds
    .filter((id) => id !== 'help.palette')
    .map((id) => ({ id, name: commandSpec(id).title, keywords: [...(commandSpec(id).keywords ?? []), commandSpec(id).menu ?? ''] }));
  const found = rank(entries, query).map((ranked): Scored => ({
    score: ranked.score,
    item: () => commandItem(ranked.entry.id, ranked.letters),
  }));
  if (query !== '') return found;
  const ids = [...used, ...entries.map(({ id }) => id).filter((id) => !used.includes(id))];
  return ids.filter((id) => isAlone || commandState(id) === true).map((id) => ({ score: 1, item: () => commandItem(id, []) }));
}

function commandItem(id: CommandId, letters: readonly number[]): PaletteItem {
  const state = commandState(id);
  return {
    key: id,
    title: commandSpec(id).title,
    letters,
    command: id,
    disabled: state === true ? undefined : state,
    run() {
      noteUse(id);
      runCommand(id);
    },
  };
}

/** Who goes to a place goes on from there: the canvas has the focus, once the palette has given it back. */
function goThere(go: () => void): void {
  go();
  afterFrames(2, returnToCanvas);
}

const sources: readonly Source[] = [
  { title: 'Commands', sign: '>', search: searchCommands },
  {
    title: 'Add a layer',
    sign: '+',
    search: (query, isAlone) =>
      unlessEmpty(query, isAlone, addableEntries(useDocument.getState().document), ({ addable, icon, kind, name, summary }) => ({
        key: `add ${addableToText(addable)}`,
        title: name,
        detail: summary,
        icon: { kind: 'layer', icon, category: kind },
        run: () => addLayer(addable),
      })),
  },
  {
    title: 'Go to',
    sign: '@',
    search: (query, isAlone) =>
      unlessEmpty(query, isAlone, nodeEntries(), ({ path, name }) => ({
        key: `node ${path}`,
        title: name,
        ...nodeFace(path),
        run: () => goThere(() => useSession.getState().reveal(path)),
      })),
  },
  {
    title: 'Frames and notes',
    sign: '@',
    search: (query, isAlone) =>
      unlessEmpty(query, isAlone, annotationEntries(), ({ id, kind, name }) => ({
        key: `annotation ${id}`,
        title: name,
        detail: kind === 'frame' ? 'Frame' : 'Note',
        icon: { kind: 'bookmark' },
        run: () => goThere(() => goToAnnotation(id)),
      })),
  },
  {
    title: 'Problems',
    sign: '#',
    search(query) {
      const entries = useDocument
        .getState()
        .analysis.problems.map((problem) => ({ problem, name: problem.message, keywords: [problem.code] }));
      return toScored(entries, query, ({ problem: { id, message, severity, node } }) => ({
        key: `problem ${id}`,
        title: message,
        icon: { kind: severity },
        run: () => showProblem(id, node),
      }));
    },
  },
  {
    title: 'Settings',
    search: (query) =>
      behindCommands(
        unlessEmpty(
          query,
          false,
          settingList.map((setting) => ({
            field: setting.field,
            name: setting.title,
            keywords: ['setting', 'preference', ...setting.keywords],
          })),
          ({ field, name }) => ({
            key: `setting ${field}`,
            title: name,
            detail: 'Setting',
            icon: { kind: 'setting' },
            run: () => useSession.getState().openDialog({ kind: 'settings', field }),
          }),
        ),
      ),
  },
  {
    title: 'Bookmarks',
    search: (query) =>
      unlessEmpty(
        query,
        false,
        bookmarks().map((bookmark, index) => ({ bookmark, index, name: bookmark.name, keywords: ['bookmark', 'place'] })),
        ({ bookmark, index, name }) => ({
          key: `bookmark ${index}`,
          title: name,
          detail: 'Bookmark',
          icon: { kind: 'bookmark' },
          run: () => goToBookmark(bookmark),
        }),
      ),
  },
  {
    title: 'Recent files',
    search: (query) =>
      unlessEmpty(
        query,
        false,
        useRecent.getState().files.map((file) => ({ ...file, keywords: [file.folder, 'open', 'recent', 'file'] })),
        ({ handle, name, folder }) => ({
          key: `file ${handle}`,
          title: name,
          detail: folder,
          icon: { kind: 'file' },
          run: () => void openFrom({ kind: 'handle', handle }, `“${name}”`),
        }),
      ),
  },
  {
    title: 'Known networks',
    search: (query) =>
      unlessEmpty(query, false, knownNetworks, (network) => ({
        key: `network ${network.template.id} ${network.layers}`,
        title: network.name,
        detail: network.template.summary,
        icon: { kind: 'sample' },
        run: () => openKnownNetwork(network),
      })),
  },
  {
    title: 'Samples',
    search: (query) =>
      unlessEmpty(
        query,
        false,
        useRecent.getState().samples.map(({ name, title, description }) => ({
          name: title,
          sample: name,
          description,
          keywords: [name, 'sample', 'example'],
        })),
        ({ name, sample, description }) => ({
          key: `sample ${sample}`,
          title: name,
          detail: description,
          icon: { kind: 'sample' },
          run: () => void openFrom({ kind: 'sample', name: sample }, `“${name}”`),
        }),
      ),
  },
];

function unlessEmpty<T extends Searchable>(
  query: string,
  isAlone: boolean,
  entries: readonly T[],
  toItem: (entry: T) => Omit<PaletteItem, 'letters'>,
): readonly Scored[] {
  return query === '' && !isAlone ? [] : toScored(entries, query, toItem);
}

/** Named like a panel, a setting is meant less often: what it belongs to can be seen and changed there. */
const BEHIND = 0.75;

function behindCommands(found: readonly Scored[]): readonly Scored[] {
  return found.map((scored) => ({ ...scored, score: scored.score * BEHIND }));
}

function toScored<T extends Searchable>(
  entries: readonly T[],
  query: string,
  toItem: (entry: T) => Omit<PaletteItem, 'letters'>,
): readonly Scored[] {
  return rank(entries, query).map(({ entry, score, letters }: Ranked<T>) => ({ score, item: () => ({ ...toItem(entry), letters }) }));
}

function showProblem(id: string, node: string): void {
  const { showTab, reveal, focusProblem } = useSession.getState();
  showTab('problems');
  if (node !== '') reveal(node);
  focusProblem(id);
}
