import { useEffect, useState } from 'react';
import type { LogLine } from '../../../shared/rpc/contract';
import { host } from '../../host/client';

const PAUSE = 1000;
const KEPT = 2000;

/** The lines of the host's log, as they come, while they are looked at. */
export function useLog(): readonly LogLine[] {
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  useEffect(() => {
    let after = 0;
    let isOpen = true;
    let timer: ReturnType<typeof setTimeout>;
    const read = async () => {
      try {
        const { lines: more } = await host.call('log.read', { after });
        if (!isOpen) return;
        after = more.at(-1)?.number ?? after;
        if (more.length > 0) setLines((before) => [...before, ...more].slice(-KEPT));
      } catch {
        // The host is gone; the banner says so. What is shown stays.
      }
      if (isOpen) timer = setTimeout(() => void read(), PAUSE);
    };
    void read();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, []);
  return lines;
}
