import { TriangleAlert } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { Position } from '../../../shared/graph/graph';
import type { ImportError, ImportedCode } from '../../../shared/import/importCode';
import { carryOut, pasteModes, planPaste, readCode, sourceName, type PasteMode, type PastePlan } from '../../commands/pasteCode';
import { faceOf } from '../../../shared/picture/face';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { KindTile } from '../../ui/Icon';
import { countOf } from '../../ui/numbers';
import { RadioSegments } from '../../ui/RadioSegments';

/** Code that was pasted, as layers: what they are, what they give, what is not known. Enter inserts, Escape leaves. */
export function PasteCodeDialog({ text, at }: { readonly text: string; readonly at: Position | null }) {
  const [result] = useState(() => readCode(text));
  if (result?.ok) return <Offer code={result.value} at={at} />;
  return <Unreadable text={text} error={result?.error ?? { line: 1, message: 'No layer was found in this text.' }} />;
}

const FRAMEWORKS = { keras: 'Keras', torch: 'PyTorch' } as const;

function Offer({ code, at }: { readonly code: ImportedCode; readonly at: Position | null }) {
  const close = useSession((state) => state.closeDialog);
  const [modes] = useState(() => pasteModes(code));
  const [mode, setMode] = useState<PasteMode>(modes[0] ?? 'alone');
  const plan = useMemo(() => planPaste(code, mode, at), [code, mode, at]);
  const insert = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      title={`${countOf(code.count, 'layer')} from ${FRAMEWORKS[code.framework]}`}
      description={plan.wiring}
      onClose={close}
      initialFocus={insert}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            ref={insert}
            variant="primary"
            onClick={() => {
              close();
              carryOut(plan);
            }}
          >
            Insert
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {modes.length > 1 && (
          <RadioSegments
            label="How it is wired"
            value={mode}
            options={[
              { value: 'wired', label: `Wire to ${sourceName()}` },
              { value: 'alone', label: 'By itself' },
            ]}
            onChange={(value) => setMode(value === 'wired' ? 'wired' : 'alone')}
          />
        )}
        <Rows plan={plan} />
        <Notes code={code} notes={plan.notes} />
      </div>
    </Dialog>
  );
}

function Rows({ plan }: { readonly plan: PastePlan }) {
  return (
    // A list that scrolls is reached by the keyboard, too.
    <div
      role="region"
      tabIndex={0}
      aria-label="Layers"
      className="max-h-[42vh] overflow-y-auto rounded-lg border border-line bg-surface p-1"
    >
      <ol>
        {plan.rows.map(({ node, shape, problem }) => {
          const face = faceOf(node, plan.after);
          const isUnknown = face.kind === 'unknown';
          return (
            <li key={node.id} className="flex h-7.5 items-center gap-2.5 px-1.5">
              <KindTile icon={face.icon} kind={face.kind} />
              <span className="max-w-40 truncate font-medium">{node.name}</span>
              <span className="min-w-0 flex-1 truncate font-mono text-xs text-secondary">{isUnknown ? 'not known' : face.summary}</span>
              {problem ? (
                <span className="max-w-48 truncate text-xs text-error-text" title={problem}>
                  {problem}
                </span>
              ) : (
                <span className="font-mono text-xs text-secondary">{shape}</span>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

const SHOWN = 6;

function Notes({ code, notes }: { readonly code: ImportedCode; readonly notes: PastePlan['notes'] }) {
  const unknown = code.unknown.map(({ name, line }) => ({
    line,
    text: `${name} is not known here. It becomes a placeholder, which keeps its arguments.`,
  }));
  const all = [...unknown, ...notes];
  if (all.length === 0) return null;
  return (
    <ul aria-label="Notes" className="flex flex-col gap-1 text-sm">
      {all.slice(0, SHOWN).map(({ line, text }) => (
        <li key={`${line} ${text}`} className="flex items-start gap-2">
          <TriangleAlert size="0.875rem" aria-hidden className="mt-0.5 shrink-0 text-warning-text" />
          <span>
            <span className="text-secondary">Line {line}:</span> {text}
          </span>
        </li>
      ))}
      {all.length > SHOWN && <li className="pl-5.5 text-secondary">And {all.length - SHOWN} more.</li>}
    </ul>
  );
}

/** The line that could not be read, among its neighbours. */
function Unreadable({ text, error }: { readonly text: string; readonly error: ImportError }) {
  const close = useSession((state) => state.closeDialog);
  const lines = text.split('\n');
  const first = Math.max(0, Math.min(error.line, lines.length) - 3);
  return (
    <Dialog
      title="This code cannot be read"
      description={`Line ${error.line}: ${error.message}`}
      onClose={close}
      footer={<Button onClick={close}>Close</Button>}
    >
      <pre className="overflow-x-auto rounded-lg border border-line bg-surface py-2 font-mono text-xs">
        {lines.slice(first, first + 5).map((line, index) => {
          const number = first + index + 1;
          return (
            <div key={number} className={number === error.line ? 'bg-error-soft text-error-text' : 'text-secondary'}>
              <span className="inline-block w-9 pr-3 text-right select-none">{number}</span>
              {line.slice(0, 200)}
            </div>
          );
        })}
      </pre>
    </Dialog>
  );
}
