import { Lock } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useDocument } from '../../state/document';
import { Tooltip } from '../../ui/Tooltip';

const TITLE_DELAY = 200;

/** The window's title: not in the frame of the edit, the browser takes several milliseconds over it. */
function WindowTitle() {
  const title = useDocument((state) => state.title);
  const isDirty = useDocument((state) => state.isDirty);
  useEffect(() => {
    const later = setTimeout(() => (document.title = `${isDirty ? '● ' : ''}${title} – Skipwire`), TITLE_DELAY);
    return () => clearTimeout(later);
  }, [title, isDirty]);
  return null;
}

/** A part of its own, so that the first edit after a save draws no tooltip anew. */
function IfDirty({ children }: { readonly children: ReactNode }) {
  return useDocument((state) => state.isDirty) && children;
}

/** The document's name, a dot while it has changes that are in no file, and why it cannot be written to. */
export function DocumentTitle() {
  const title = useDocument((state) => state.title);
  const file = useDocument((state) => state.file);
  const locked = file?.lockedBy ? `Open in ${file.lockedBy}` : file?.readOnly ? 'Read-only' : undefined;
  return (
    <Tooltip label={file?.folder ?? 'Not saved in a file yet'} hint={<IfDirty>It has unsaved changes.</IfDirty>}>
      <h1 className="flex min-w-0 items-center justify-center gap-2 font-semibold">
        <IfDirty>
          <span role="img" aria-label="Unsaved changes" className="size-1.75 shrink-0 rounded-full bg-warning" />
        </IfDirty>
        <span className="max-w-80 truncate">{title}</span>
        <WindowTitle />
        {locked && (
          <span className="flex items-center gap-1 rounded-full bg-hover px-2 text-xs font-normal text-secondary">
            <Lock size="0.6875rem" aria-hidden />
            {locked}
          </span>
        )}
      </h1>
    </Tooltip>
  );
}
