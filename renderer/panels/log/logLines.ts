import type { LogLine } from '../../../shared/rpc/contract';

export type LogLevel = LogLine['level'];

const rank: Readonly<Record<LogLevel, number>> = { info: 0, warning: 1, error: 2 };

/** Lines of at least this level that have all words of the query. */
export function filterLog(lines: readonly LogLine[], level: LogLevel, query: string): readonly LogLine[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    if (rank[line.level] < rank[level]) return false;
    const text = `${line.source} ${line.text}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function logText(lines: readonly LogLine[]): string {
  return lines.map(({ at, level, source, text }) => `${new Date(at).toISOString()} ${level} ${source}: ${text}`).join('\n');
}
