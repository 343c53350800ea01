import type { ReactNode } from 'react';

/** What a menu shows; `disabled` is the reason why it cannot be chosen now. */
export type MenuItem =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string | undefined;
      readonly description?: string | undefined;
      readonly disabled?: string | undefined;
      readonly checked?: boolean | undefined;
      readonly onSelect: () => void;
    }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'separator' };
