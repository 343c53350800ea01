import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classes } from './classes';

export type ButtonVariant = 'plain' | 'outline' | 'primary' | 'danger';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
  /** Stays focusable while disabled, so that its tooltip can say why it is. */
  readonly disabled?: boolean | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

const look: Record<ButtonVariant, string> = {
  plain: 'text-ink',
  outline: 'border border-line bg-field text-ink',
  primary: 'bg-accent text-on-accent',
  danger: 'bg-error-solid text-on-error',
};
const lookEnabled: Record<ButtonVariant, string> = {
  plain: 'hover:bg-hover active:bg-pressed aria-expanded:bg-hover',
  outline: 'hover:bg-hover active:bg-pressed aria-expanded:bg-hover',
  primary: 'hover:bg-accent-hover',
  danger: 'hover:bg-error-hover',
};

export function Button({
  variant = 'outline',
  icon,
  disabled = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type === 'submit' ? 'submit' : 'button'}
      aria-disabled={disabled || undefined}
      onClick={disabled ? (event) => event.preventDefault() : onClick}
      className={classes(
        'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md px-2.5 text-base whitespace-nowrap transition-colors duration-100',
        disabled ? 'border border-line bg-pressed text-disabled' : classes(look[variant], lookEnabled[variant]),
        disabled && variant === 'plain' && 'border-transparent bg-transparent',
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}
