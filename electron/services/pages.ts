import { randomUUID } from 'node:crypto';
import type { Emit } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';

/** What a host does for one of its pages alone. */
export interface PageHost {
  /** Opens another window: with a file, or empty. */
  openWindow(handle: string | null): void;
  readyToClose(): void;
}

/** A page that is connected. */
export interface Page {
  /** Stays with the window through reloads and restarts. */
  window: string;
  /** Paths of the files that it has open. */
  readonly files: Set<string>;
  readonly host: PageHost;
  readonly emit: Emit<HostContract>;
}

/** All pages of a host, so that one can be told what another one does. */
export function createPages() {
  const pages = new Set<Page>();
  return {
    add(host: PageHost, emit: Emit<HostContract>): Page {
      const page: Page = { window: randomUUID(), files: new Set(), host, emit };
      pages.add(page);
      return page;
    },
    remove: (page: Page) => void pages.delete(page),
    /** Gives the page the name that it asks for, if no other page has it. */
    attach(page: Page, window: string | null): string {
      const isTaken = [...pages].some((other) => other !== page && other.window === window);
      if (window !== null && !isTaken) page.window = window;
      return page.window;
    },
    others: (page: Page): readonly Page[] => [...pages].filter((other) => other !== page),
    withFile: (path: string): readonly Page[] => [...pages].filter(({ files }) => files.has(path)),
  };
}
export type Pages = ReturnType<typeof createPages>;
