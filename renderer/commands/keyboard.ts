import type { CommandId } from '../../shared/commands/commands';
import { directionOf } from '../../shared/graph/direction';
import { useSession } from '../state/session';
import { isMac } from '../ui/shortcutText';
import { commandIds, commandSpec, runCommand } from './commands';
import { belongsToBrowser } from './clipboard';
import { shown } from './graphEdits';
import { commandFor, type FocusPlace, type KeyPress } from './shortcuts';

/** Asked at each key press: shortcuts may be changed at any time. */
const specs = () => commandIds.map((id) => [id, commandSpec(id)] as const);
/** Keys that a held key must not repeat: they start or end something. */
const once: ReadonlySet<CommandId> = new Set(['run.train', 'run.stop', 'file.save', 'file.new', 'graph.addLayer']);

/** Listens for every command's shortcut. Returns what ends it. */
export function followKeyboard(): () => void {
  const listen = (event: KeyboardEvent) => {
    if ((event.defaultPrevented && !isKept(event)) || event.isComposing) return;
    const id = commandAt(event);
    if (!id || belongsToBrowser(id, event) || (id === 'graph.addLayer' && event.key === 'Tab' && !isByMouse())) return;
    // Tab and Enter that do nothing must still move the focus and press what has it; the browser's own keys for save,
    // print and the like must not.
    const done = event.repeat && once.has(id) ? false : runCommand(id);
    if (done || event.ctrlKey || event.metaKey) event.preventDefault();
  };
  // Before anything that may keep the key to itself, such as an open menu.
  const keep = (event: KeyboardEvent) => {
    if (isKept(event)) event.preventDefault();
  };
  window.addEventListener('keydown', keep, { capture: true });
  window.addEventListener('keydown', listen);
  return () => {
    window.removeEventListener('keydown', keep, { capture: true });
    window.removeEventListener('keydown', listen);
  };
}

/** Keys with which a browser would leave the page, be there a place to go back to or not. */
function isKept({ altKey, key }: KeyboardEvent): boolean {
  return !isMac && altKey && /^(Arrow(Left|Right)|Home)$/.test(key);
}

/** The fourth and fifth button of a mouse lead back and forward through places, as everywhere. Returns what ends it. */
export function followMouseButtons(): () => void {
  const commands = new Map<number, CommandId>([
    [3, 'view.back'],
    [4, 'view.forward'],
  ]);
  const listen = (event: MouseEvent) => {
    const id = commands.get(event.button);
    if (!id) return;
    // Else a browser would leave the page.
    event.preventDefault();
    if (event.type === 'mouseup' && placeOf(event.target) !== 'dialog') runCommand(id);
  };
  const types = ['mousedown', 'mouseup'] as const;
  for (const type of types) window.addEventListener(type, listen, { capture: true });
  return () => {
    for (const type of types) window.removeEventListener(type, listen, { capture: true });
  };
}

/** Tab adds a layer where the mouse is; for those who use the keyboard it leads on, as everywhere. */
function isByMouse(): boolean {
  return Boolean(useSession.getState().canvasApi?.pointer());
}

function commandAt(event: KeyboardEvent): CommandId | undefined {
  const place = placeOf(event.target);
  if (place === 'canvas' || place === 'layer') return commandFor(specs(), alongFlow(event), place, isMac);
  if (place !== 'field' || !(event.target as Element).closest('[data-undo="document"]')) return commandFor(specs(), event, place, isMac);
  const id = commandFor(specs(), event, 'panel', isMac);
  return id === 'edit.undo' || id === 'edit.redo' ? id : commandFor(specs(), event, 'field', isMac);
}

/** Arrows that walk are turned as places are: in a graph that runs down, the arrow down follows the wires. */
function alongFlow(event: KeyboardEvent): KeyPress {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const turnedKey = TURNED_KEYS[key];
  if (!turnedKey || ctrlKey || metaKey || altKey || directionOf(shown().graph) === 'right') return event;
  return { key: turnedKey, code, ctrlKey, metaKey, altKey, shiftKey };
}

const TURNED_KEYS: Readonly<Record<string, string>> = {
  ArrowDown: 'ArrowRight',
  ArrowRight: 'ArrowDown',
  ArrowUp: 'ArrowLeft',
  ArrowLeft: 'ArrowUp',
};

/**
 * What is behind an open dialog gets no keys, whether the dialog has the focus yet or not. An element with `data-region="canvas"` has
 * the canvas' keys, one with `data-region="tree"` those that type no letter; one with `data-undo="document"` leaves undo to the document.
 */
export function placeOf(target: EventTarget | null): FocusPlace {
  if (useSession.getState().dialog !== null) return 'dialog';
  if (!(target instanceof Element) || target === document.body) return 'canvas';
  if (target.closest('[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]')) return 'dialog';
  if (target.closest('input,textarea,select,[contenteditable="true"],[role="combobox"]')) return 'field';
  if (target.closest('[data-region="tree"]')) return 'tree';
  if (!target.closest('[data-region="canvas"]')) return 'panel';
  const { canvasApi } = useSession.getState();
  return canvasApi?.spot() && !canvasApi.pointer() ? 'layer' : 'canvas';
}
