import { useEffect, useState } from 'react';
import { serializeDocument } from '../../../shared/document/serialize';
import type { ProgramName, ProgramText } from '../../../shared/rpc/contract';
import { errorWords } from '../../../shared/rpc/messages';
import { STAGES, type Stage } from '../../../shared/program/passes';
import { copyAndTell } from '../../commands/copying';
import { host } from '../../host/client';
import { useDocument } from '../../state/document';
import { Button } from '../../ui/Button';
import { countOf } from '../../ui/numbers';
import { Select, type SelectOption } from '../../ui/Select';

const programs: readonly SelectOption<ProgramName>[] = [
  { value: 'predict', label: 'Predict', description: 'From the inputs to the outputs' },
  { value: 'train', label: 'Train', description: 'One step: loss, gradients, optimizer' },
  { value: 'evaluate', label: 'Evaluate', description: 'The loss without a step' },
  { value: 'gradients', label: 'Gradients', description: 'Of each weight, without a step' },
];

const stages: readonly SelectOption<Stage>[] = STAGES.map(({ name, title }) => ({ value: name, label: title }));
const LAST: Stage = STAGES.at(-1)?.name ?? 'written';

const ALL = '';

/** The compiled network as text, with shapes: whole, or what one layer became. */
export function ProgramView() {
  const document = useDocument((state) => state.document);
  const analysis = useDocument((state) => state.analysis);
  const [program, setProgram] = useState<ProgramName>('predict');
  const [layer, setLayer] = useState(ALL);
  const [stage, setStage] = useState<Stage>(LAST);
  const answer = useProgram(document, program, stage, layer);
  const layers: readonly SelectOption<string>[] = [
    { value: ALL, label: 'All layers' },
    ...analysis.order.map((path) => ({ value: path, label: analysis.flat.nodes.get(path)?.name ?? path })),
  ];
  return (
    <section aria-label="Program">
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
      <pre
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
        tabIndex={0}
        aria-label="The program’s text"
        className="h-[40vh] overflow-auto rounded-lg border border-line bg-canvas p-3 font-mono text-xs leading-5 select-text"
      >
        {answer.text?.text}
      </pre>
    </section>
  );
}

const NAMED = 6;

function summaryOf({ operations, primitives, stages: all }: ProgramText): string {
  const most = primitives.slice(0, NAMED).map(({ name, count }) => `${count} ${name}`);
  const kinds = [...most, ...(primitives.length > NAMED ? ['…'] : [])].join(', ');
  const waiting = all.at(-1)?.waiting ?? 0;
  const gains = `${all[0]?.operations ?? 0} were written, ${all.at(-1)?.operations ?? 0} are left${waiting > 0 ? `, ${waiting} wait` : ''}`;
  return `${countOf(operations, 'operation')}: ${kinds}; ${gains}`;
}

interface Answer {
  readonly text?: ProgramText;
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
