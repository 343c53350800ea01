import type { RunSummary } from '../../shared/rpc/contract';
import { rateToGoOnWith } from '../../shared/training/rateToGoOnWith';

/** What of the command before names the run: its folder, and which of them was gone on with, where one was. */
interface Typed {
  readonly out?: string;
  readonly resume?: string;
}

/** The command that goes on with a run, as it is typed; at a smaller rate where its own broke it. */
export function resuming(
  path: string,
  { out, resume = 'last' }: Typed,
  summary: Pick<RunSummary, 'brokenBy' | 'request'>,
  platform = process.platform,
): string {
  const rate = rateToGoOnWith(summary);
  const words = [
    ...['skipwire', 'train', path, '--resume', resume],
    ...(out === undefined ? [] : ['--out', out]),
    ...(rate === undefined ? [] : ['--learning-rate', String(rate)]),
  ];
  return words.map((word) => quoted(word, platform)).join(' ');
}

/** A name may hold what a shell obeys: nothing within single quotes does. */
function quoted(word: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return quotedInWindows(word);
  return /^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * For cmd and PowerShell alike, since nobody knows which one it is pasted into. Within double quotes, which no name there has, cmd leaves
 * all but `%NAME%` as it is. PowerShell obeys `$` and `` ` `` and ends at curly quotes, unless `` ` `` is before them; to cmd
 * such a name is then another one, which is not there, but nothing that it obeys. A last backslash would take the quote's meaning.
 */
function quotedInWindows(word: string): string {
  if (/^[\w./:\\-]+$/.test(word)) return word;
  return `"${word.replace(/[$`“”„]/g, '`$&').replace(/\\+$/, '$&$&')}"`;
}
