export function Inspector() {
  return <section aria-label="Inspector" className="h-full bg-surface" />;
}
