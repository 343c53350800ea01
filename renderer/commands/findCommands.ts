import { useFind } from '../state/find';
import { defineCommand } from './command';

const anyMatch = () => {
  const { isOpen, query, matches } = useFind.getState();
  if (!isOpen) return 'Nothing is searched for.';
  return matches.length > 0 || (query.trim() === '' ? 'Type what to find first.' : `Nothing is found for “${query}”.`);
};

export const findCommands = [
  defineCommand('edit.find', { run: () => useFind.getState().open() }),
  defineCommand('edit.findNext', { enabled: anyMatch, run: () => useFind.getState().step(1) }),
  defineCommand('edit.findPrevious', { enabled: anyMatch, run: () => useFind.getState().step(-1) }),
] as const;
