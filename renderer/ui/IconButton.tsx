import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './Button';
import { classes } from './classes';
import { Tooltip } from './Tooltip';

export interface IconFaceProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** The accessible name. */
  readonly label: string;
  readonly icon: ReactNode;
}

interface IconButtonProps extends IconFaceProps {
  readonly shortcut?: string | undefined;
  /** Why it is disabled, or more than the name. */
  readonly hint?: string | undefined;
}

/** A button that shows its name as a tooltip too. */
export function IconButton({ label, icon, shortcut, hint, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut} hint={hint}>
      <IconFace {...rest} label={label} icon={icon} />
    </Tooltip>
  );
}

/** The button alone, for whoever brings the tooltip. */
export function IconFace({ label, icon, className, ...rest }: IconFaceProps) {
  return <Button variant="plain" {...rest} aria-label={label} icon={icon} className={classes('w-7 px-0!', className)} />;
}
