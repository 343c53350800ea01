import type { Emit } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';

/** Events of the services to every page that is connected; jobs go on when none is. */
export function createHub() {
  const pages = new Set<Emit<HostContract>>();
  const emit: Emit<HostContract> = (name, payload) => {
    for (const page of pages) page(name, payload);
  };
  return {
    emit,
    /** Returns the function that takes the page out again. */
    add(page: Emit<HostContract>): () => void {
      pages.add(page);
      return () => pages.delete(page);
    },
  };
}
export type Hub = ReturnType<typeof createHub>;
