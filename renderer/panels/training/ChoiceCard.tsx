/** What is chosen by name, as its card tells it. */
export interface ChoiceWords {
  readonly title: string;
  readonly summary: string;
  readonly formula: string;
  readonly keras: string;
  readonly torch: string;
  readonly note?: string | undefined;
}

/** An optimizer, a loss, a schedule or a metric: what it does, its formula, and its names elsewhere. */
export function ChoiceCard({ choice: { title, summary, formula, keras, torch, note } }: { readonly choice: ChoiceWords }) {
  return (
    <div className="flex max-w-80 flex-col gap-1.5">
      <p className="font-semibold">{title}</p>
      <p className="text-secondary">{summary}.</p>
      <p className="rounded-md bg-canvas px-2 py-1.5 font-mono text-xs select-text">{formula}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        <dt className="text-secondary">Keras</dt>
        <dd className="min-w-0 font-mono text-sm break-words select-text">{keras}</dd>
        <dt className="text-secondary">PyTorch</dt>
        <dd className="min-w-0 font-mono text-sm break-words select-text">{torch}</dd>
      </dl>
      {note && <p className="text-sm text-secondary">{note}</p>}
    </div>
  );
}

/** The same in words, for those who hear it. */
export function describeChoice({ summary, keras, torch, note }: ChoiceWords): string {
  return [`${summary}.`, `In Keras: ${keras}.`, `In PyTorch: ${torch}.`, note].filter(Boolean).join(' ');
}
