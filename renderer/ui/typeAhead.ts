import { useRef } from 'react';

/** Letters that follow each other within this time, in milliseconds, are one word; counted from when the last one was answered. */
const WORD = 1000;
const LETTER = /^[\p{L}\p{N}_]$/u;

/** Whether a key is one that a name is found by. */
export function isLetter(key: string): boolean {
  return LETTER.test(key);
}

/** Whether a key ends the word that is being typed. Shift is on its way to the next letter. */
export function endsWord(key: string): boolean {
  return key !== 'Shift' && !isLetter(key);
}

/** The word that is being typed at a list, letter by letter. */
export function useTypedWord() {
  const typed = useRef({ text: '', at: 0 });
  return {
    /** The word with one letter more, at a time of the event. */
    with(letter: string, now: number): string {
      const { text, at } = typed.current;
      const word = now - at > WORD ? letter : text + letter;
      typed.current = { text: word, at: Infinity };
      requestAnimationFrame(() => setTimeout(() => (typed.current = { ...typed.current, at: performance.now() })));
      return word;
    },
    end(): void {
      typed.current = { text: '', at: 0 };
    },
  };
}

/** The name, from where one is on, round and round, that begins with a word: a first letter goes on to the next one, further ones stay where they still fit. */
export function nameBeginningWith(names: readonly string[], active: number, word: string): number {
  const wanted = word.toLowerCase();
  const start = word.length === 1 ? active + 1 : active;
  for (let step = 0; step < names.length; step += 1) {
    const index = (Math.max(0, start) + step) % names.length;
    if (names[index]?.toLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}
