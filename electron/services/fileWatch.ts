import { unwatchFile, watchFile, type Stats } from 'node:fs';
import { stampOf } from './readFile';

/** Asked for by time and not by the system's events: those do not come from network drives, nor after a rename. */
const INTERVAL = 1000;

/** Tells when another program changed a file that some window shows. `stamp` is null where the file is gone. */
export function createFileWatch(onChange: (path: string, stamp: string | null) => void) {
  const shown = new Map<string, { readonly windows: Set<string>; readonly listener: (now: Stats) => void }>();
  /** Stamps of our own saves, and undefined while one is under way. */
  const own = new Map<string, string | undefined>();

  function begin(path: string) {
    const listener = (now: Stats) => {
      if (own.has(path) && own.get(path) === undefined) return;
      const stamp = now.mtimeMs === 0 ? null : stampOf(now);
      if (stamp === null || stamp !== own.get(path)) onChange(path, stamp);
    };
    watchFile(path, { interval: INTERVAL, persistent: false }, listener);
    const entry = { windows: new Set<string>(), listener };
    shown.set(path, entry);
    return entry;
  }

  return {
    add: (path: string, window: string) => void (shown.get(path) ?? begin(path)).windows.add(window),
    remove(path: string, window: string): void {
      const entry = shown.get(path);
      if (!entry?.windows.delete(window) || entry.windows.size > 0) return;
      unwatchFile(path, entry.listener);
      shown.delete(path);
      own.delete(path);
    },
    /** Writes by our own hand, which is no change by another program. */
    async during(path: string, write: () => Promise<string>): Promise<string> {
      const before = own.get(path);
      own.set(path, undefined);
      try {
        const stamp = await write();
        own.set(path, stamp);
        return stamp;
      } catch (error) {
        if (before === undefined) own.delete(path);
        else own.set(path, before);
        throw error;
      }
    },
    close(): void {
      for (const [path, { listener }] of shown) unwatchFile(path, listener);
      shown.clear();
    },
  };
}
