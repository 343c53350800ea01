import { shortcutKeys } from './shortcutText';

/** A keyboard shortcut as small keys. */
export function Kbd({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {shortcutKeys(shortcut).map((key) => (
        <kbd
          key={key}
          className="min-w-4 rounded-sm border border-line bg-surface px-1 text-center font-sans text-xs leading-4 text-secondary"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
