/** The window's name with the host. The desktop gives it in the address; a browser's tab keeps the one that the host gave it. */
const KEY = 'skipwire-window';

export function windowName(): string | null {
  if (typeof location === 'undefined') return null;
  return new URLSearchParams(location.search).get('window') ?? sessionStorage.getItem(KEY);
}

export function keepWindowName(name: string): void {
  if (typeof sessionStorage !== 'undefined') sessionStorage.setItem(KEY, name);
}
