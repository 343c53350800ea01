import { useSession } from '../state/session';
import { defineCommand } from './command';

export const helpCommands = [
  defineCommand('help.palette', { run: () => useSession.getState().openDialog({ kind: 'commandPalette' }) }),
  defineCommand('help.shortcuts', { run: () => useSession.getState().openDialog({ kind: 'shortcuts' }) }),
  defineCommand('help.log', { run: () => useSession.getState().openDialog({ kind: 'log' }) }),
  defineCommand('help.about', { run: () => useSession.getState().openDialog({ kind: 'about' }) }),
] as const;
