import { useEffect, useRef, useState } from 'react';
import type { LogLine } from '../../../shared/rpc/contract';
import { copyAndTell } from '../../commands/copying';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { RadioSegments } from '../../ui/RadioSegments';
import { TextField } from '../../ui/TextField';
import { countOf } from '../../ui/numbers';
import { filterLog, logText, type LogLevel } from './logLines';
import { useLog } from './useLog';

const levels: readonly { readonly value: LogLevel; readonly label: string }[] = [
  { value: 'info', label: 'All' },
  { value: 'warning', label: 'Warnings' },
  { value: 'error', label: 'Errors' },
];

/** As many rows as are drawn: the newest. Copy takes all. */
const DRAWN = 500;

/** What the host and the engine said lately. */
export function LogDialog() {
  const close = useSession((state) => state.closeDialog);
  const lines = useLog();
  const [level, setLevel] = useState<LogLevel>('info');
  const [query, setQuery] = useState('');
  const shown = filterLog(lines, level, query);
  return (
    <Dialog
      title="Log"
      description="What the host and the engine said since the start. It stays on this computer and goes with the program."
      size="large"
      onClose={close}
      footer={
        <>
          <span role="status" className="mr-auto self-center text-sm text-secondary">
            {countOf(shown.length, 'line')}
            {shown.length > DRAWN && `, the last ${DRAWN} are shown`}
          </span>
          <Button disabled={shown.length === 0} onClick={() => void copyAndTell(logText(shown), 'The lines are')}>
            Copy
          </Button>
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex items-center gap-3 pb-2">
        <TextField label="Filter the log" placeholder="Filter" value={query} onChange={setQuery} />
        <RadioSegments
          label="Level"
          value={level}
          options={levels}
          onChange={(value) => setLevel(levels.find((each) => each.value === value)?.value ?? 'info')}
        />
      </div>
      <Lines lines={shown.slice(-DRAWN)} />
    </Dialog>
  );
}

/** Stays at the end while it is looked at there. */
function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const last = lines.at(-1)?.number;
  useEffect(() => {
    if (isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [last]);
  return (
    <div
      ref={list}
      role="log"
      aria-label="Lines"
      aria-live="off"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - 8;
      }}
      className="h-[52vh] overflow-auto rounded-lg border border-line bg-canvas p-2 font-mono text-sm select-text"
    >
      {lines.length === 0 && <p className="p-6 text-center font-sans text-secondary">Nothing like this was said.</p>}
      {lines.map((line) => (
        <Row key={line.number} line={line} />
      ))}
    </div>
  );
}

const tones = { info: 'text-secondary', warning: 'text-warning-text', error: 'text-error-text' } as const;

function Row({ line: { at, level, source, text } }: { readonly line: LogLine }) {
  return (
    <div className="grid grid-cols-[4.5rem_4.5rem_7rem_minmax(0,1fr)] gap-2 py-0.5">
      <time dateTime={new Date(at).toISOString()} className="text-secondary">
        {new Date(at).toTimeString().slice(0, 8)}
      </time>
      <span className={tones[level]}>{level}</span>
      <span className="truncate text-secondary" title={source}>
        {source}
      </span>
      <span className="break-words whitespace-pre-wrap">{text}</span>
    </div>
  );
}
