import { ChevronDown, Gauge, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Profile } from '../../../shared/rpc/contract';
import { engineWords } from '../../../shared/rpc/engineWords';
import { copyAndTell } from '../../commands/copying';
import { showHeat } from '../../commands/heat';
import { useDocument } from '../../state/document';
import { formatMilliseconds, isOldProfile, MEASURED_MEMORY, MEASURED_TIME, profileNow, useProfile } from '../../state/profile';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Menu } from '../../ui/Menu';
import { NumberField } from '../../ui/NumberField';
import { RadioSegments } from '../../ui/RadioSegments';
import { Select, type SelectOption } from '../../ui/Select';
import {
  profileAsCsv,
  profileAsMarkdown,
  profileColumns,
  profileRims,
  profileRows,
  type ProfilePart,
  type ProfileSorting,
} from './profileRows';
import { ProgressBar } from '../runs/ProgressBar';
import { ProfileTable } from './ProfileTable';

const programs: readonly SelectOption<Profile['program']>[] = [
  { value: 'train', label: 'Training step', description: 'Forward, backward and the optimizer' },
  { value: 'predict', label: 'Prediction', description: 'From the inputs to the outputs' },
];

/** Measures where a step's time and memory go, lists it, and colours the canvas by it. */
export function ProfileDialog() {
  const close = useSession((state) => state.closeDialog);
  const profile = useProfile((state) => state.profile);
  return (
    <Dialog
      title="Time and memory of layers"
      description="The engine runs every different operation of the network on made-up data and measures it."
      size="large"
      onClose={close}
    >
      <Asking />
      <Told />
      {profile && <Result profile={profile} />}
    </Dialog>
  );
}

/** What to measure; while it is measured, the way to end that. */
function Asking() {
  const { state, measure, stop } = useProfile();
  const batch = useDocument(({ document }) => document.training.batchSize);
  const [program, setProgram] = useState<Profile['program']>('train');
  const [batchSize, setBatchSize] = useState(batch);
  const isMeasuring = state === 'measuring';
  const ask = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Stop has gone, and the focus with it where it was there.
    if (!isMeasuring && document.activeElement === document.body) ask.current?.focus();
  }, [isMeasuring]);
  return (
    <div className="flex items-end gap-2 pb-3">
      <Select label="What to measure" value={program} options={programs} onChange={setProgram} />
      <div className="w-40">
        <NumberField label="Batch" unit="samples" value={batchSize} min={1} max={65_536} integer onChange={setBatchSize} />
      </div>
      <Button
        ref={ask}
        variant="primary"
        icon={<Gauge size="0.875rem" aria-hidden />}
        disabled={isMeasuring}
        onClick={() => void measure(program, batchSize)}
      >
        {isMeasuring ? 'Measuring…' : 'Measure'}
      </Button>
      {/* Where it stands nothing else may be pressed when the measurement ends by itself. */}
      {isMeasuring && (
        <Button icon={<Square size="0.8125rem" aria-hidden />} onClick={stop}>
          Stop
        </Button>
      )}
    </div>
  );
}

function Told() {
  const { state, share, profile, problem } = useProfile();
  const isOld = useDocument(({ analysis }) => profile !== null && isOldProfile(analysis));
  if (state === 'idle' && problem !== null)
    return (
      <p role="alert" className="pb-2 text-sm text-error-text">
        {problem}
      </p>
    );
  return (
    <div role="status" className="pb-2 text-sm text-secondary">
      <p>{state === 'measuring' ? 'This takes some seconds; the editor goes on.' : summaryOf(profile)}</p>
      {state === 'measuring' && (
        <div className="pt-2">
          <ProgressBar label="Measured operations" share={share} />
        </div>
      )}
      {isOld && state === 'idle' && (
        <p className="text-warning-text">The network was changed since: the figures are those of before. Measure again.</p>
      )}
    </div>
  );
}

function summaryOf(profile: Profile | null): string {
  if (!profile) return 'Nothing has been measured yet.';
  const run = profile.program === 'train' ? 'A training step' : 'A prediction';
  return `${run} of ${profile.batchSize} takes ${formatMilliseconds(profile.milliseconds)} on ${engineWords(profile.engine)}.`;
}

const PARTS = [
  { value: 'layers', label: 'Layers' },
  { value: 'blocks', label: 'Blocks' },
  { value: 'nested', label: 'Nested' },
] as const;

function Result({ profile: measured }: { readonly profile: Profile }) {
  const analysis = useDocument((state) => state.analysis);
  const profile = useMemo(() => profileNow(measured, analysis), [measured, analysis]);
  const [part, setPart] = useState<ProfilePart>('layers');
  const [sorting, setSorting] = useState<ProfileSorting>({ column: 'milliseconds', ascending: false });
  const hasBlocks = profile.rows.some(({ path }) => path?.includes('/'));
  const rows = useMemo(
    () => profileRows(profile, analysis, hasBlocks ? part : 'layers', sorting),
    [profile, analysis, hasBlocks, part, sorting],
  );
  return (
    <>
      <div className="flex items-center gap-2 pb-2">
        {hasBlocks && <RadioSegments label="Rows" value={part} options={PARTS} onChange={(value) => setPart(value as ProfilePart)} />}
        <span className="ml-auto text-sm text-secondary">Colour the canvas by</span>
        <Colour id={MEASURED_TIME} label="Time" />
        <Colour id={MEASURED_MEMORY} label="Memory" />
        <Menu
          trigger={<Button icon={<ChevronDown size="0.875rem" aria-hidden />}>Copy</Button>}
          items={() => [
            { kind: 'item', label: 'Copy as Markdown', onSelect: () => void copyAndTell(profileAsMarkdown(rows), 'The table') },
            { kind: 'item', label: 'Copy as CSV', onSelect: () => void copyAndTell(profileAsCsv(rows), 'The table') },
          ]}
          align="end"
        />
      </div>
      <ProfileTable
        columns={profileColumns(profile)}
        rows={rows}
        rims={profileRims(profile)}
        sorting={sorting}
        onSort={(column) => setSorting({ column, ascending: sorting.column === column ? !sorting.ascending : column === 'name' })}
      />
    </>
  );
}

/** Leads to the canvas, coloured by what was measured. */
function Colour({ id, label }: { readonly id: string; readonly label: string }) {
  const close = useSession((state) => state.closeDialog);
  return (
    <Button
      aria-label={`Colour the canvas by ${label.toLowerCase()}`}
      onClick={() => {
        close();
        showHeat(id);
      }}
    >
      {label}
    </Button>
  );
}
