import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** A two-way pipe on one channel; what may be said on it is the contract's business. Nothing of Electron gets through. */
contextBridge.exposeInMainWorld('skipwire', {
  send: (message: unknown) => ipcRenderer.send('pipe', message),
  onMessage: (listener: (message: unknown) => void) => {
    ipcRenderer.on('pipe', (_event, message: unknown) => listener(message));
  },
});

/** What is used of the page's own events; nothing else on Node's side knows the DOM. */
interface DropEvent {
  readonly isTrusted: boolean;
  readonly dataTransfer: { readonly files: Iterable<File> } | null;
}
declare const window: { addEventListener(type: 'drop', listener: (event: DropEvent) => void): void };

/** Files that a person drops on the window: the page may not know their paths, so they are told from here. Images it reads itself. */
window.addEventListener('drop', (event) => {
  if (!event.isTrusted) return;
  const files = [...(event.dataTransfer?.files ?? [])].filter(({ type }) => !type.startsWith('image/'));
  const paths = files.map((file) => webUtils.getPathForFile(file));
  if (paths.length > 0) ipcRenderer.send('drop', paths);
});
