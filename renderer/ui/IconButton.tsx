import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './Button';
import { classes } from './classes';
import { Tooltip } from './Tooltip';

interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** The accessible name, shown as a tooltip too. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: string | undefined;
  /** Why it is disabled, or more than the name. */
  readonly hint?: string | undefined;
}

export function IconButton({ label, icon, shortcut, hint, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut} hint={hint}>
      <Button variant="plain" {...rest} aria-label={label} icon={icon} className={classes('w-7 px-0!', className)} />
    </Tooltip>
  );
}
