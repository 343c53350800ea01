import type { LogLine } from '../../shared/rpc/contract';

/** The last lines of what happened, in memory only: they go with the program. */
export interface Log {
  add(level: LogLine['level'], source: string, text: string): void;
  /** Lines with a number above `after`, oldest first. */
  read(after: number): readonly LogLine[];
}

/** Lines that are kept; the oldest go. */
const KEPT = 2000;
/** A line longer than this is cut: a log of pictures helps nobody. */
const LONGEST = 4000;

export function createLog(now: () => number = Date.now): Log {
  const lines: LogLine[] = [];
  let last = 0;
  return {
    add(level, source, text) {
      last += 1;
      lines.push({ number: last, at: now(), level, source, text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text });
      // In one go of many: to move 2,000 lines for each new one would cost more than the line.
      if (lines.length > KEPT * 2) lines.splice(0, lines.length - KEPT);
    },
    read: (after) => lines.slice(-KEPT).filter(({ number }) => number > after),
  };
}

/** Bytes of an error stream as lines of the log. Half a line waits for its other half. */
export function linesInto(log: Log, source: string): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = (parts.pop() ?? '').slice(-LONGEST);
    for (const line of parts) if (line.trim() !== '') log.add(levelOf(line), source, line);
  };
}

/** TensorFlow marks its lines `I`, `W`, `E`, `F` after the time; what has no mark is told as it is. */
function levelOf(line: string): LogLine['level'] {
  const mark = /^[\d\-: .]+([IWEF]) /.exec(line)?.[1];
  if (mark === 'E' || mark === 'F' || /error\b|\bfatal\b/i.test(line)) return 'error';
  return mark === 'W' || /\bwarn/i.test(line) ? 'warning' : 'info';
}
