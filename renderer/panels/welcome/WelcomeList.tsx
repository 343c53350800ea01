import { FileText } from 'lucide-react';

interface WelcomeEntry {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly open: () => void;
}

const when = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** A short list of documents to go on with. */
export function WelcomeList({ title, entries }: { readonly title: string; readonly entries: readonly WelcomeEntry[] }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 px-2 text-xs font-medium text-secondary">{title}</h3>
      <ul>
        {entries.map(({ key, name, detail, time, open }) => (
          <li key={key}>
            <button type="button" onClick={open} className="flex h-8 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover">
              <FileText size="0.9375rem" aria-hidden className="shrink-0 text-secondary" />
              <span className="min-w-0 truncate" title={name}>
                {name}
              </span>
              <span className="min-w-0 flex-1 shrink-[9] truncate text-sm text-secondary">{detail}</span>
              <time className="shrink-0 text-sm text-secondary" dateTime={new Date(time).toISOString()}>
                {when.format(time)}
              </time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
