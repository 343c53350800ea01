/** Milliseconds until a held press goes on by itself, and between its steps from then on. */
const TIMES = { first: 400, next: 60 } as const;

/** Acts once, and after a while again and again until the pointer is let go, wherever that is; then tells the end. */
export function holdPress(act: () => void, onEnd: () => void): void {
  const held = new AbortController();
  let timer = 0;
  const again = (after: number) => {
    timer = window.setTimeout(() => {
      act();
      again(TIMES.next);
    }, after);
  };
  const end = () => {
    held.abort();
    window.clearTimeout(timer);
    onEnd();
  };
  act();
  again(TIMES.first);
  for (const type of ['pointerup', 'pointercancel', 'blur'] as const)
    window.addEventListener(type, end, { capture: type !== 'blur', signal: held.signal });
}
