/** What is used of an event of Chromium's trace format; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of the thread's processor time, where the system tells it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Threads that took less of a trace than this, in milliseconds, are left out. */
const LEAST = 20;
const MOST_ROWS = 8;

/** What took the time of each thread of a trace: milliseconds in all and, of each kind of work, without what it called. */
export function summaryOf(events: readonly TraceEvent[]): string {
  const frames = events.filter(({ name, ph }) => name === 'Document::recalcStyle' && ph === 'X').length;
  const threads = [...byThread(events)].map(([thread, own]) => ({ name: nameOf(events, thread), ...workOf(own) }));
  const shown = threads.filter(({ total }) => total >= LEAST).toSorted((a, b) => b.total - a.total);
  const lines = shown.flatMap(({ name, total, kinds }) => [
    `${total.toFixed(0).padStart(7)} ms  ${name}`,
    ...kinds.slice(0, MOST_ROWS).map(([kind, { time, count }]) => `${time.toFixed(0).padStart(15)} ms  ${kind} (${count} times)`),
  ]);
  return `${['Processor time, without what was called', ...lines].join('\n')}\n${frames} updates of style\n`;
}

function byThread(events: readonly TraceEvent[]): ReadonlyMap<string, readonly TraceEvent[]> {
  const threads = new Map<string, TraceEvent[]>();
  for (const event of events) {
    if (event.ph !== 'X' || event.dur === undefined) continue;
    const key = `${event.pid}/${event.tid}`;
    const known = threads.get(key);
    if (known) known.push(event);
    else threads.set(key, [event]);
  }
  return threads;
}

function nameOf(events: readonly TraceEvent[], thread: string): string {
  const [pid, tid] = thread.split('/').map(Number);
  const named = (kind: string, isIt: (event: TraceEvent) => boolean) =>
    events.find((event) => event.ph === 'M' && event.name === kind && isIt(event))?.args?.name;
  const process = named('process_name', (event) => event.pid === pid) ?? 'process';
  return `${process}, ${named('thread_name', (event) => event.pid === pid && event.tid === tid) ?? thread}`;
}

interface Work {
  readonly total: number;
  readonly kinds: readonly [string, { readonly time: number; readonly count: number }][];
}

/** Events of one thread lie within each other like calls. */
function workOf(events: readonly TraceEvent[]): Work {
  const kinds = new Map<string, { time: number; count: number }>();
  const kindOf = ({ name }: TraceEvent) => {
    const kind = kinds.get(name) ?? { time: 0, count: 0 };
    kinds.set(name, kind);
    return kind;
  };
  const open: TraceEvent[] = [];
  let total = 0;
  for (const event of events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    while (open.length > 0 && endOf(open.at(-1) as TraceEvent) <= event.ts) open.pop();
    const time = (event.tdur ?? event.dur ?? 0) / 1000;
    const caller = open.at(-1);
    if (caller) kindOf(caller).time -= time;
    else total += time;
    const kind = kindOf(event);
    kind.time += time;
    kind.count += 1;
    open.push(event);
  }
  return { total, kinds: [...kinds].toSorted(([, a], [, b]) => b.time - a.time) };
}

function endOf({ ts, dur = 0 }: TraceEvent): number {
  return ts + dur;
}
