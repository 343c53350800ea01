import { ChevronDown, ChevronUp } from 'lucide-react';

interface FieldTailProps {
  readonly label: string;
  readonly unit: string | undefined;
  readonly onPress: (by: 1 | -1) => void;
}

/** At the end of a number: its unit, and under the pointer two steppers. Not in the order of Tab: the arrow keys do the same. */
export function FieldTail({ label, unit, onPress }: FieldTailProps) {
  const look = 'flex h-3 w-5 items-center justify-center rounded-sm text-secondary hover:bg-hover hover:text-ink';
  return (
    <>
      {unit && (
        <span className="hidden shrink-0 pr-2 text-sm text-secondary group-focus-within/field:hidden group-hover/field:hidden @[6.5rem]/field:block">
          {unit}
        </span>
      )}
      <span className="mr-0.5 hidden flex-col group-focus-within/field:flex group-hover/field:flex">
        <button type="button" tabIndex={-1} aria-label={`More ${label}`} className={look} onClick={() => onPress(1)}>
          <ChevronUp size="0.6875rem" aria-hidden />
        </button>
        <button type="button" tabIndex={-1} aria-label={`Less ${label}`} className={look} onClick={() => onPress(-1)}>
          <ChevronDown size="0.6875rem" aria-hidden />
        </button>
      </span>
    </>
  );
}
