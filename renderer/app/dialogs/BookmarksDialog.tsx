import { Bookmark, Trash2 } from 'lucide-react';
import type { Bookmark as Place } from '../../../shared/document/document';
import { goToBookmark, removeBookmark, renameBookmark } from '../../commands/bookmarks';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { TextField } from '../../ui/TextField';

const none: readonly Place[] = [];

/** The places that this document remembers: go there, rename, remove. */
export function BookmarksDialog() {
  const close = useSession((state) => state.closeDialog);
  const bookmarks = useDocument((state) => state.document.view.bookmarks ?? none);
  return (
    <Dialog title="Bookmarks" description="Places of this document. They are kept in its file." size="medium" onClose={close}>
      {bookmarks.length === 0 && (
        <EmptyState icon={<Bookmark size="1.25rem" aria-hidden />} title="No bookmarks">
          “Bookmark this place” in the View menu remembers what the canvas shows.
        </EmptyState>
      )}
      <ul className="flex flex-col gap-1 pb-2">
        {bookmarks.map((bookmark, index) => (
          <li key={`${index} ${bookmark.name}`} className="flex items-center gap-2">
            <TextField
              label={`Name of bookmark ${index + 1}`}
              value={bookmark.name}
              commitOnly
              check={(text) => (text.trim() === '' ? 'A name is needed.' : text.length > 200 ? 'At most 200 letters.' : undefined)}
              onChange={(name) => name !== bookmark.name && renameBookmark(index, name)}
            />
            <Button
              onClick={() => {
                close();
                goToBookmark(bookmark);
              }}
            >
              Go
            </Button>
            <IconButton
              label={`Remove ${bookmark.name}`}
              icon={<Trash2 size="0.875rem" aria-hidden />}
              onClick={() => removeBookmark(index)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
