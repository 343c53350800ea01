import { FileDown } from 'lucide-react';
import { useDropping } from '../commands/dropping';

/** What happens when the file that is held over the window is let go. */
export function DropTarget() {
  const isOver = useDropping((state) => state.isOver);
  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-canvas/80">
      <p className="flex items-center gap-2 text-lg font-semibold">
        <FileDown size="1.25rem" aria-hidden /> Drop to open
      </p>
    </div>
  );
}
