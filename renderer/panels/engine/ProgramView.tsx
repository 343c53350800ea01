import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { serializeDocument } from '../../../shared/document/serialize';
import type { NodePath } from '../../../shared/infer/analysis';
import type { ProgramName, ProgramText as ProgramAnswer } from '../../../shared/rpc/contract';
import { errorWords } from '../../../shared/rpc/messages';
import { STAGES, type Stage } from '../../../shared/program/passes';
import { copyAndTell } from '../../commands/copying';
import { host } from '../../host/client';
import { useDocument } from '../../state/document';
import { Button } from '../../ui/Button';
import { countOf } from '../../ui/numbers';
import { Select, type SelectOption } from '../../ui/Select';
import { programLines } from './programLines';
import { ProgramSearch } from './ProgramSearch';
import { ProgramText } from './ProgramText';
import { useFound } from './useFound';

const programs: readonly SelectOption<ProgramName>[] = [
  { value: 'predict', label: 'Predict', description: 'From the inputs to the outputs' },
  { value: 'train', label: 'Train', description: 'One step: loss, gradients, optimizer' },
  { value: 'evaluate', label: 'Evaluate', description: 'The loss without a step' },
  { value: 'gradients', label: 'Gradients', description: 'Of each weight, without a step' },
];

const stages: readonly SelectOption<Stage>[] = STAGES.map(({ name, title }) => ({ value: name, label: title }));
const LAST: Stage = STAGES.at(-1)?.name ?? 'written';

const ALL = '';

/** The compiled network as text, with shapes: whole, or what one layer became, `first` at first. */
export function ProgramView({ first = ALL }: { readonly first?: NodePath }) {
  const document = useDocument((state) => state.document);
  const analysis = useDocument((state) => state.analysis);
  const [program, setProgram] = useState<ProgramName>('predict');
  const [layer, setLayer] = useState(first);
  const [stage, setStage] = useState<Stage>(LAST);
  const answer = useProgram(document, program, stage, layer);
  const lines = useMemo(() => programLines(answer.text?.text ?? ''), [answer.text]);
  const [query, setQuery] = useState('');
  const found = useFound(lines, query);
  const search = useRef<HTMLInputElement>(null);
  const layers: readonly SelectOption<string>[] = [
    { value: ALL, label: 'All layers' },
    ...analysis.order.map((path) => ({ value: path, label: analysis.flat.nodes.get(path)?.name ?? path })),
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut of all that is inside
    <section aria-label="Program" onKeyDown={(event) => isFind(event) && search.current?.select()}>
      <div className="flex items-center gap-2 pb-2">
        <Select label="Program" value={program} options={programs} onChange={setProgram} />
        <Select label="Stage" value={stage} options={stages} onChange={setStage} />
        <Select label="Layer" value={layer} options={layers} onChange={setLayer} />
        <Button disabled={answer.text === undefined} onClick={() => answer.text && void copyAndTell(answer.text.text, 'The program is')}>
          Copy
        </Button>
      </div>
      <p role="status" className="pb-2 text-sm text-secondary">
        {answer.problem ?? (answer.text ? summaryOf(answer.text) : 'The network is being compiled.')}
      </p>
      <ProgramSearch ref={search} query={query} onQuery={setQuery} found={found} layer={lines[found.lines[found.at] ?? -1]?.layer} />
      <ProgramText lines={lines} found={found} query={query} />
    </section>
  );
}

/** Ctrl+F, on macOS ⌘F: it looks in here, not in what is behind the dialog. */
function isFind(event: KeyboardEvent): boolean {
  const isIt = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey);
  if (isIt) {
    event.preventDefault();
    event.stopPropagation();
  }
  return isIt;
}

const NAMED = 6;

function summaryOf({ operations, primitives, stages: all }: ProgramAnswer): string {
  const most = primitives.slice(0, NAMED).map(({ name, count }) => `${count} ${name}`);
  const kinds = [...most, ...(primitives.length > NAMED ? ['…'] : [])].join(', ');
  const waiting = all.at(-1)?.waiting ?? 0;
  const written = all[0]?.operations ?? 0;
  const left = all.at(-1)?.operations ?? 0;
  const gains = [
    written === left ? undefined : `${written} were written, ${left} are left`,
    waiting > 0 ? `${waiting} wait for memory` : undefined,
  ];
  return [`${countOf(operations, 'operation')}: ${kinds}`, ...gains.filter(Boolean)].join('; ');
}

interface Answer {
  readonly text?: ProgramAnswer;
  readonly problem?: string;
}

function useProgram(document: Parameters<typeof serializeDocument>[0], program: ProgramName, stage: Stage, layer: string): Answer {
  const [answer, setAnswer] = useState<Answer>({});
  useEffect(() => {
    let isCurrent = true;
    setAnswer({});
    host
      .call('engine.program', { document: serializeDocument(document), program, stage, layer: layer === ALL ? null : layer })
      .then((text) => isCurrent && setAnswer({ text }))
      .catch((error: unknown) => isCurrent && setAnswer({ problem: errorWords(error) }));
    return () => {
      isCurrent = false;
    };
  }, [document, program, stage, layer]);
  return answer;
}
