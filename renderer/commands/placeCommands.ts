import { usePlaces } from '../state/places';
import { useSession } from '../state/session';
import { addBookmark, bookmarks, mayBookmark } from './bookmarks';
import { defineCommand } from './command';

export const placeCommands = [
  defineCommand('view.back', {
    enabled: () => usePlaces.getState().past.length > 0 || 'This is the first place.',
    run: () => usePlaces.getState().back(),
  }),
  defineCommand('view.forward', {
    enabled: () => usePlaces.getState().future.length > 0 || 'This is the last place.',
    run: () => usePlaces.getState().forward(),
  }),
  defineCommand('view.bookmark', { enabled: mayBookmark, run: addBookmark }),
  defineCommand('view.bookmarks', {
    enabled: () => bookmarks().length > 0 || 'There are no bookmarks. Bookmark a place first.',
    run: () => useSession.getState().openDialog({ kind: 'bookmarks' }),
  }),
] as const;
