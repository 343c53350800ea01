/** What the page has to make random edits with. */
export interface RandomEdits {
  /** So many acts in a row, about half of them edits, the others undos and redos; `buttons`: ids of those that add a layer. */
  make(count: number, buttons: readonly string[]): Promise<Made>;
  /** Takes back what was done until so many steps are left: none, and the document is as it was opened. */
  takeBack(left: number): Promise<Made>;
}

/** Acts so far, and the steps of undo that must have come of them. */
export interface Made {
  readonly edits: number;
  readonly undos: number;
  readonly redos: number;
  readonly depth: number;
}

/**
 * Before the app's own scripts: puts `randomEdits` into the page, which acts by the page's own controls and keys. Each act changes the
 * store at once; the page draws after every tenth, for drawing takes several times as long as the act.
 */
export function bringRandomEdits(): void {
  const ACTS_OF_A_FRAME = 10;
  const done = { edits: 0, undos: 0, redos: 0, depth: 0 };
  let undone = 0;
  let isSelected = false;
  let state = 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  const frame = () => new Promise(requestAnimationFrame);
  const press = (key: string, ctrlKey = false, shiftKey = false) => {
    const code = key.length === 1 ? `Key${key.toUpperCase()}` : key;
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, ctrlKey, shiftKey, bubbles: true, cancelable: true }));
  };
  const select = () => {
    (document.activeElement as HTMLElement | null)?.blur();
    const layers = document.querySelectorAll<HTMLElement>('.react-flow__node');
    layers[random(layers.length)]?.click();
    isSelected = layers.length > 0;
  };
  const step = (kind: 'edits' | 'undos' | 'redos') => {
    done[kind] += 1;
    done.depth += kind === 'undos' ? -1 : 1;
    undone = kind === 'edits' ? 0 : undone + (kind === 'undos' ? 1 : -1);
  };
  const undo = (isAgain = false) => {
    press('z', true, isAgain);
    // What was selected may be gone.
    isSelected = false;
    step(isAgain ? 'redos' : 'undos');
  };
  const edit = (buttons: readonly string[]) => {
    const kind = isSelected ? random(3) : 0;
    if (kind === 0) document.getElementById(buttons[random(buttons.length)] ?? '')?.click();
    else if (kind === 1) press('Delete');
    else press('d', true);
    isSelected = kind !== 1;
    step('edits');
  };
  const act = (chance: number, buttons: readonly string[]) => {
    if (chance < 50 && done.depth > 0) undo();
    else if (chance < 55 && undone > 0) undo(true);
    else edit(buttons);
  };
  const randomEdits: RandomEdits = {
    async make(count, buttons) {
      for (let index = 0; index < count; index += 1) {
        if (index % ACTS_OF_A_FRAME === 0) {
          await frame();
          select();
        }
        act(random(100), buttons);
      }
      return { ...done };
    },
    async takeBack(left) {
      while (done.depth > left) undo();
      await frame();
      return { ...done };
    },
  };
  Object.assign(globalThis, { randomEdits });
}
