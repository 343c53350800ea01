/** For a field that appears because its text shall be changed: typing replaces all of it. */
export function focusAll(field: HTMLInputElement | HTMLTextAreaElement | null): void {
  field?.focus();
  field?.select();
}
