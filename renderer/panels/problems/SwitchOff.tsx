import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { noChecks, type SwitchedOff } from '../../../shared/document/document';
import type { Problem } from '../../../shared/graph/problem';
import { followFocus, takeFocus } from '../../commands/lostFocus';
import { passFocusOn } from '../../commands/problemFocus';
import { tellInstead } from '../../state/announceEdits';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';

/** A warning that is not wanted is switched off, here or in the whole document, with the reason for those who come later. */
export function SwitchOff({ problem }: { readonly problem: Problem }) {
  const isOpen = useSession((state) => state.switchingOff === problem.id);
  const [reason, setReason] = useState('');
  const opener = useRef<HTMLButtonElement>(null);
  if (problem.severity === 'error') return null;
  if (!isOpen) {
    return (
      <Button ref={opener} variant="plain" onClick={() => useSession.setState({ switchingOff: problem.id })}>
        Switch off…
      </Button>
    );
  }
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Only the form closes, not the problem around it.
    event.stopPropagation();
    flushSync(() => useSession.setState({ switchingOff: null }));
    opener.current?.focus();
  };
  const off = (node: string | undefined) => () =>
    switchOff({ code: problem.code, ...(node === undefined ? {} : { node }), reason: reason.trim() });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    off(problem.node === '' ? undefined : problem.node)();
  };
  return (
    <form onSubmit={submit} className="flex w-full max-w-180 flex-wrap items-center gap-2">
      <label className="flex min-w-60 flex-1 items-center gap-2 text-sm">
        Reason
        <input
          ref={focusOnce}
          value={reason}
          maxLength={2000}
          onKeyDown={closeOnEscape}
          onChange={(event) => setReason(event.target.value)}
          placeholder="Why this is meant so"
          className="h-7 min-w-0 flex-1 rounded-md border border-line bg-field px-2 text-ink"
        />
      </label>
      {problem.node !== '' && (
        <Button type="submit" onKeyDown={closeOnEscape}>
          Switch off here
        </Button>
      )}
      <Button onClick={off(undefined)} onKeyDown={closeOnEscape}>
        Switch off in this document
      </Button>
    </form>
  );
}

const focusOnce = (field: HTMLInputElement | null) => takeFocus(field, field?.form);

function switchOff(entry: SwitchedOff): void {
  passFocusOn();
  useDocument
    .getState()
    .edit(
      'Switch a warning off',
      (document) => ({ ...document, checks: { ...(document.checks ?? noChecks), off: [...(document.checks?.off ?? []), entry] } }),
      'record',
    );
  useSession.setState({ switchingOff: null });
  tellInstead('The warning is switched off.');
}

/** The warnings that are switched off, each with its reason and the way back. */
export function SwitchedOffList() {
  const off = useDocument((state) => state.document.checks?.off);
  const flat = useDocument((state) => state.analysis.flat);
  if (!off || off.length === 0) return null;
  return (
    <section aria-label="Switched off" className="px-5 pb-3 text-sm text-secondary">
      <h4 className="pt-1 text-xs font-semibold">Switched off</h4>
      <ul>
        {off.map((entry, index) => (
          <li key={`${entry.code} ${entry.node ?? ''} ${index}`} data-switched-off className="flex items-center gap-2">
            <span className="shrink-0 font-mono text-xs">{entry.code}</span>
            {entry.node !== undefined && <span className="shrink-0">at {flat.nodes.get(entry.node)?.name ?? entry.node}</span>}
            {entry.reason !== '' && (
              <span className="min-w-0 truncate" title={entry.reason}>
                – {entry.reason}
              </span>
            )}
            <Button variant="plain" aria-label={`Switch ${entry.code} on again`} onClick={() => switchOn(entry)}>
              Switch on
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function switchOn(entry: SwitchedOff): void {
  followFocus('[data-switched-off]', (at) => {
    const left = document.querySelectorAll<HTMLElement>('[data-switched-off] button');
    return left[Math.min(at, left.length - 1)] ?? document.querySelector<HTMLElement>('[data-problem-row] > button');
  });
  useDocument.getState().edit(
    'Switch a warning on',
    (document) => ({
      ...document,
      checks: { ...(document.checks ?? noChecks), off: (document.checks?.off ?? []).filter((other) => other !== entry) },
    }),
    'record',
  );
  tellInstead('The warning is switched on again.');
}
