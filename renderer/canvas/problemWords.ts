import type { Problem } from '../../shared/graph/problem';

/** What is wrong, as short as a layer has room for it. */
export function inTwoWords({ code, mismatch }: Problem): string {
  if (mismatch) return 'mismatch';
  if (code === 'graph/not-connected') return 'not connected';
  return (code.split('/')[1] ?? code).replaceAll('-', ' ');
}
