import { Play } from 'lucide-react';
import { runCommand } from '../../commands/commands';
import { useTrainability } from '../../state/training';
import { Button } from '../../ui/Button';
import { Tooltip } from '../../ui/Tooltip';
import { WhyNotTrain } from './WhyNotTrain';

/** What fills an empty panel: a run. Says why where none can start. */
export function TrainNow() {
  const reason = useTrainability();
  return (
    <div className="flex flex-col items-center gap-1.5">
      <Tooltip label="Train" hint={reason === true ? 'Trains the network on its data.' : reason}>
        <Button
          variant="primary"
          icon={<Play size="0.8125rem" aria-hidden />}
          disabled={reason !== true}
          onClick={() => runCommand('run.train')}
        >
          Train now
        </Button>
      </Tooltip>
      {reason !== true && <WhyNotTrain reason={reason} />}
    </div>
  );
}
