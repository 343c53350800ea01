import { useFind } from '../state/find';
import { defineCommand } from './command';

const mayStep = () => {
  const { isOpen, query, matches } = useFind.getState();
  return !isOpen || query.trim() === '' || matches.length > 0 || `Nothing is found for “${query}”.`;
};

/** Also from the closed bar: it opens with what was searched last. */
function step(by: 1 | -1): void {
  if (!useFind.getState().isOpen) useFind.getState().open();
  useFind.getState().step(by);
}

export const findCommands = [
  defineCommand('edit.find', { run: () => useFind.getState().open() }),
  defineCommand('edit.findNext', { enabled: mayStep, run: () => step(1) }),
  defineCommand('edit.findPrevious', { enabled: mayStep, run: () => step(-1) }),
] as const;
