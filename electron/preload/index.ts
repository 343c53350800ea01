import { contextBridge, ipcRenderer } from 'electron';

/** A two-way pipe on one channel; what may be said on it is the contract's business. Nothing of Electron gets through. */
contextBridge.exposeInMainWorld('skipwire', {
  send: (message: unknown) => ipcRenderer.send('pipe', message),
  onMessage: (listener: (message: unknown) => void) => {
    ipcRenderer.on('pipe', (_event, message: unknown) => listener(message));
  },
});
