import { afterFrames, useSession } from '../state/session';

/** Leads into the inspector, to the first value of what is selected. */
export function editValues(): void {
  const isOpen = useSession.getState().panels.inspector;
  useSession.getState().setPanel('inspector', true);
  // At once where it can be: the next key is meant for the field.
  if (isOpen) focusValues();
  else afterFrames(2, focusValues);
}

/** Where the inspector has no field, as for a layer without parameters, its name has the focus. */
function focusValues(): void {
  const inspector = document.querySelector('[data-area="Inspector"]');
  const field = inspector?.querySelector<HTMLElement>('[data-values] :is(input,textarea,button,[role="combobox"],[role="switch"])');
  const target = field ?? inspector?.querySelector<HTMLElement>('input,textarea,button');
  target?.focus();
  if (target?.matches('input')) target.select();
}
