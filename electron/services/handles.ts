import { randomUUID } from 'node:crypto';
import { RpcError } from '../../shared/rpc/messages';

/** Opaque names for paths: a page can only act on what its user picked, and can name nothing else. */
export function createHandles() {
  const paths = new Map<string, string>();
  const handles = new Map<string, string>();
  return {
    /** The handle of a path; the same one for the same path. */
    of(path: string): string {
      const known = handles.get(path);
      if (known) return known;
      const handle = randomUUID();
      paths.set(handle, path);
      handles.set(path, handle);
      return handle;
    },
    path(handle: string): string {
      const path = paths.get(handle);
      if (path === undefined) throw new RpcError('E_HANDLE', 'This file was not picked in this session.', 'Open it again.');
      return path;
    },
  };
}
export type Handles = ReturnType<typeof createHandles>;
