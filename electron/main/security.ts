import type { Session, WebContents, WebPreferences } from 'electron';

/** The page's own origin. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://skipwire`;

/** The only options that a window of this program ever has. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** To write to the clipboard, which a press of a key or a button must have asked for; reading it is no part of that. */
const NEEDED = 'clipboard-sanitized-write';

/** One harmless permission is needed, to copy a picture; no other is ever given. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(permission === NEEDED));
  session.setPermissionCheckHandler((_contents, permission) => permission === NEEDED);
  session.setDevicePermissionHandler(() => false);
}

/** The page stays where it is: no navigation, no new windows, no embedded pages. */
export function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** What is looked at of a message's sender. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: object | null;
}

/** A message counts only from the top frame of our own page. */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  if (!frame || frame.parent !== null || !URL.canParse(frame.url)) return false;
  const { protocol, host } = new URL(frame.url);
  return `${protocol}//${host}` === ORIGIN;
}
