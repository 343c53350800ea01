import type { ReactNode } from 'react';
import { classes } from './classes';

type Tone = 'neutral' | 'error' | 'warning' | 'accent' | 'success';

const tones: Record<Tone, string> = {
  neutral: 'bg-hover text-secondary',
  error: 'bg-error-solid text-on-error',
  warning: 'bg-warning-soft text-warning-text',
  accent: 'bg-accent-soft text-accent-text',
  success: 'bg-hover text-success-text',
};

export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes('inline-flex h-4 min-w-4 items-center justify-center rounded-full px-1 text-xs font-medium', tones[tone])}>
      {children}
    </span>
  );
}
