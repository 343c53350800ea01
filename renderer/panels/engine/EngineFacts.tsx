import { CircleCheck, CircleDashed } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { EngineProcessInfo, EngineStatus } from '../../../shared/rpc/contract';
import { ENGINE_TITLES } from '../../../shared/rpc/engineTitles';
import { host, useConnection } from '../../host/client';
import { useRuns, type RunsState } from '../../state/runs';
import { latestFirst } from '../../state/runUpdates';
import { useSettings } from '../../state/settings';
import { countOf, formatBytes } from '../../ui/numbers';
import { ThreadsSetting } from '../settings/ThreadsSetting';
import { usedEngine } from '../toolbar/EngineChip';
import { EngineSelect } from './EngineSelect';

/** The engines: which is used, which version, what is missing and how to get it; threads and memory of the process. */
export function EngineFacts() {
  const status = useEngineStatus();
  // A GPU is looked for meanwhile; the connection hears of it.
  const heard = useConnection((state) => state.info?.engines) ?? [];
  const engines = heard.length > 0 ? heard : (status?.engines ?? []);
  const chosen = useSettings((state) => state.engine);
  const used = usedEngine(engines, chosen);
  const tried = useRuns(triedWords);
  return (
    <section aria-label="Engines" className="mb-4 min-h-24">
      <ul className="flex flex-col gap-1.5">
        {engines.map((engine) => (
          <EngineRow key={engine.name} engine={engine} why={engine === used ? whyUsed(engines, chosen !== null, tried) : undefined} />
        ))}
      </ul>
      <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <Named name="Engine">
          <EngineSelect />
        </Named>
        <Named name="Threads">
          <ThreadsSetting />
        </Named>
        <span className="text-sm text-secondary">from the next run on</span>
      </div>
      {status && status.threads !== null && status.memory !== null && (
        <p className="mt-2 text-sm text-secondary">
          The engine’s process computes with {countOf(status.threads, 'thread')} and takes{' '}
          <span className="font-mono">{formatBytes(status.memory)}</span> of memory.
        </p>
      )}
      {status?.answering && (
        <p className="mt-1 text-sm text-secondary select-text">
          The model that was asked last answers with {ENGINE_TITLES[status.answering.engine]}: {status.answering.reason}.
        </p>
      )}
    </section>
  );
}

/** A choice that has its name for those who listen, with the name in sight. */
function Named({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden className="text-secondary">
        {name}
      </span>
      <div className="flex w-48">{children}</div>
    </div>
  );
}

interface EngineRowProps {
  readonly engine: EngineStatus;
  /** Why it is the one that is used; undefined where it is not. */
  readonly why: string | undefined;
}

function EngineRow({ engine: { title, version, available, reason, remedy }, why }: EngineRowProps) {
  const Icon = available ? CircleCheck : CircleDashed;
  return (
    <li className="flex items-baseline gap-2">
      <Icon size="0.875rem" aria-hidden className={`mt-1 shrink-0 self-start ${available ? 'text-accent-text' : 'text-secondary'}`} />
      <span className="shrink-0 font-medium">{title}</span>
      <span className="shrink-0 font-mono text-sm text-secondary">{version ?? 'not there'}</span>
      {why !== undefined && <span className="text-sm text-secondary select-text">used: {why}</span>}
      {reason !== null && (
        <span className="text-sm text-secondary select-text">
          {reason} {remedy !== null && `To get it: ${remedy}.`}
        </span>
      )}
    </li>
  );
}

/** On the processor the engines' order is that of docs/benchmarks.md, made elsewhere; whether a GPU is quicker is tried with each network. */
const FIRST =
  'on the processor it comes first, since ResNet-20 trained quicker with it in Skipwire’s benchmarks; here that was not measured';

function whyUsed(engines: readonly EngineStatus[], isChosen: boolean, tried: string | undefined): string {
  if (isChosen) return 'you chose it';
  const hasBoth = engines.filter(({ name, available }) => available && name !== 'onnxruntime-gpu').length > 1;
  return [hasBoth ? FIRST : 'it is the only one here', tried].filter(Boolean).join('; ');
}

/** What the last run that chose by itself found. */
function triedWords({ runs }: RunsState): string | undefined {
  const last = latestFirst(runs).find(({ summary }) => summary.request.engine === null && summary.engineReason);
  return last?.summary.engineReason ? `for the last run: ${last.summary.engineReason}` : undefined;
}

function useEngineStatus(): EngineProcessInfo | undefined {
  const [status, setStatus] = useState<EngineProcessInfo>();
  useEffect(() => {
    let isCurrent = true;
    host
      .call('engine.status', {})
      .then((answer) => isCurrent && setStatus(answer))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, []);
  return status;
}
