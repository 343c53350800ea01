import { Pause, Play, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CommandId } from '../../../shared/commands/commands';
import { commandSpec, runCommand, useShortcut } from '../../commands/commands';
import { activeRun, useRuns } from '../../state/runs';
import { useTrainability } from '../../state/training';
import { Button } from '../../ui/Button';
import { Tooltip } from '../../ui/Tooltip';

/** Train, or while a run is in progress Pause and Stop. */
export function TrainControls() {
  const status = useRuns((state) => activeRun(state)?.status);
  if (status === undefined) return <TrainButton />;
  const isPaused = status === 'paused';
  return (
    <>
      {isPaused ? (
        <Control id="run.resume" label="Go on" icon={<Play size="0.8125rem" aria-hidden />} disabled={false} />
      ) : (
        <Control id="run.pause" label="Pause" icon={<Pause size="0.8125rem" aria-hidden />} disabled={status !== 'running'} />
      )}
      <Control id="run.stop" label="Stop" icon={<Square size="0.75rem" aria-hidden />} disabled={status === 'stopping'} variant="danger" />
    </>
  );
}

function TrainButton() {
  const reason = useTrainability();
  const shortcut = useShortcut('run.train');
  const isStarting = useRuns((state) => state.isStarting);
  return (
    <Tooltip label="Train" shortcut={shortcut} hint={reason === true ? 'Compiles the network and trains it on its data.' : reason}>
      <Button
        data-tour="train"
        variant="primary"
        icon={<Play size="0.8125rem" aria-hidden />}
        disabled={reason !== true || isStarting}
        onClick={() => runCommand('run.train')}
      >
        Train
      </Button>
    </Tooltip>
  );
}

interface ControlProps {
  readonly id: CommandId;
  readonly label: string;
  readonly icon: ReactNode;
  readonly disabled: boolean;
  readonly variant?: 'outline' | 'danger';
}

function Control({ id, label, icon, disabled, variant = 'outline' }: ControlProps) {
  const shortcut = useShortcut(id);
  return (
    <Tooltip label={commandSpec(id).title} shortcut={shortcut}>
      <Button variant={variant} icon={icon} disabled={disabled} onClick={() => runCommand(id)}>
        {label}
      </Button>
    </Tooltip>
  );
}
