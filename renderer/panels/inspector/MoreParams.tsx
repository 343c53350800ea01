import { ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';

interface MoreParamsProps {
  /** Where one of them is set, nothing is hidden. */
  readonly isOpenAtFirst: boolean;
  readonly children: ReactNode;
}

/** What is seldom changed, below the other parameters and closed at first. */
export function MoreParams({ isOpenAtFirst, children }: MoreParamsProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="flex h-7 items-center gap-1 self-start rounded-sm text-secondary hover:text-ink"
      >
        <ChevronRight size="0.8125rem" aria-hidden className={isOpen ? 'rotate-90' : ''} />
        More
      </button>
      <div id={id} hidden={!isOpen} className={isOpen ? 'flex flex-col gap-1' : ''}>
        {isOpen && children}
      </div>
    </div>
  );
}
