import { host, useConnection } from './client';

/** Opens a page in the person's browser: the desktop asks the system, a browser opens a tab of its own. */
export function openLink(url: string): void {
  if (useConnection.getState().info?.host === 'electron') host.call('app.openExternal', { url }).catch(() => undefined);
  else if (url.startsWith('https://')) window.open(url, '_blank', 'noopener,noreferrer');
}
