import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../shared/rpc/contract';
import { filterLog, logText } from './logLines';

const line = (number: number, level: LogLine['level'], source: string, text: string): LogLine => ({ number, at: 0, level, source, text });
const lines = [
  line(1, 'info', 'host', 'Started'),
  line(2, 'warning', 'project.open', 'E_GONE: gone'),
  line(3, 'error', 'engine', 'Out of memory'),
];
const numbers = (level: LogLine['level'], query: string) => filterLog(lines, level, query).map(({ number }) => number);

describe('the log’s filter', () => {
  it('shows a level and all above it', () => {
    expect([numbers('info', ''), numbers('warning', ''), numbers('error', '')]).toEqual([[1, 2, 3], [2, 3], [3]]);
  });

  it('wants every word, in the source or the text', () => {
    expect([numbers('info', 'ENGINE memory'), numbers('info', 'open gone'), numbers('info', 'engine gone')]).toEqual([[3], [2], []]);
  });

  it('copies a line as time, level, source and text', () => {
    expect(logText(lines.slice(1, 2))).toBe('1970-01-01T00:00:00.000Z warning project.open: E_GONE: gone');
  });
});
