import { FileDown, ImageDown } from 'lucide-react';
import { useDropping } from '../commands/dropping';

/** What happens when the file that is held over the window is let go. */
export function DropTarget() {
  const over = useDropping((state) => state.over);
  if (over === null) return null;
  const Icon = over === 'image' ? ImageDown : FileDown;
  return (
    <div className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-canvas/80">
      <p className="flex items-center gap-2 text-lg font-semibold">
        <Icon size="1.25rem" aria-hidden /> {over === 'image' ? 'Drop to try the network on it' : 'Drop to open'}
      </p>
    </div>
  );
}
