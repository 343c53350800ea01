import { Gauge } from 'lucide-react';
import { useState } from 'react';
import type { Profile } from '../../../shared/rpc/contract';
import { showHeat } from '../../commands/heat';
import { useDocument } from '../../state/document';
import { formatMilliseconds, MEASURED_TIME, useProfile } from '../../state/profile';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { NumberField } from '../../ui/NumberField';
import { Select, type SelectOption } from '../../ui/Select';
import { engineWords } from '../runs/words';
import { ProfileTable } from './ProfileTable';

const programs: readonly SelectOption<Profile['program']>[] = [
  { value: 'train', label: 'Training step', description: 'Forward, backward and the optimizer' },
  { value: 'predict', label: 'Prediction', description: 'From the inputs to the outputs' },
];

/** Measures where a step's time and memory go, lists it, and colours the canvas by it. */
export function ProfileDialog() {
  const close = useSession((state) => state.closeDialog);
  const { state, profile, problem, measure } = useProfile();
  const batch = useDocument(({ document }) => document.training.batchSize);
  const [program, setProgram] = useState<Profile['program']>('train');
  const [batchSize, setBatchSize] = useState(batch);
  return (
    <Dialog
      title="Time and memory of layers"
      description="The engine runs every different operation of the network on made-up data and measures it."
      size="large"
      onClose={close}
    >
      <div className="flex items-end gap-2 pb-3">
        <Select label="What to measure" value={program} options={programs} onChange={setProgram} />
        <div className="w-40">
          <NumberField label="Batch" unit="samples" value={batchSize} min={1} max={65_536} integer onChange={setBatchSize} />
        </div>
        <Button
          variant="primary"
          icon={<Gauge size="0.875rem" aria-hidden />}
          disabled={state === 'measuring'}
          onClick={() => void measure(program, batchSize)}
        >
          {state === 'measuring' ? 'Measuring…' : 'Measure'}
        </Button>
        {profile && (
          <Button
            className="ml-auto"
            onClick={() => {
              close();
              showHeat(MEASURED_TIME);
            }}
          >
            Colour the canvas by time
          </Button>
        )}
      </div>
      <p role="status" className="pb-2 text-sm text-secondary">
        {problem ?? (state === 'measuring' ? 'This takes some seconds; the editor goes on.' : summaryOf(profile))}
      </p>
      {profile && <ProfileTable profile={profile} />}
    </Dialog>
  );
}

function summaryOf(profile: Profile | null): string {
  if (!profile) return 'Nothing has been measured yet.';
  const run = profile.program === 'train' ? 'A training step' : 'A prediction';
  return `${run} of ${profile.batchSize} takes ${formatMilliseconds(profile.milliseconds)} on ${engineWords(profile.engine)}.`;
}
