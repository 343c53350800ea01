import { useId } from 'react';

/** The mark: a path with a shortcut around it. */
export function Logo({ size = '1.375rem', className }: { readonly size?: string; readonly className?: string }) {
  // Each has its own: one that is not shown gives no colour to the others.
  const gradient = useId();
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <defs>
        <linearGradient id={gradient} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#5b7cfa" />
          <stop offset="1" stopColor="#2947c9" />
        </linearGradient>
      </defs>
      <rect width="32" height="32" rx="8" fill={`url(#${gradient})`} />
      <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
        <path d="M9 22h14" opacity="0.55" strokeDasharray="0.1 4.6" />
        <path d="M9 22C9 13 14 9.5 23 9.5" />
      </g>
      <circle cx="9" cy="22" r="2.6" fill="#fff" />
      <circle cx="23" cy="9.5" r="2.6" fill="#fff" />
    </svg>
  );
}
