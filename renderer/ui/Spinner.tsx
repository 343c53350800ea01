import { LoaderCircle } from 'lucide-react';

export function Spinner({ label, size = '1rem' }: { readonly label: string; readonly size?: string }) {
  return (
    <span role="status" className="inline-flex items-center gap-2 text-secondary">
      <LoaderCircle size={size} aria-hidden className="animate-spin" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
