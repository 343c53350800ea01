import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { isActive, type RunView } from '../../state/runUpdates';
import { useRuns } from '../../state/runs';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';

interface RunActionsProps {
  readonly run: RunView;
  /** When it was, to tell the buttons of different rows apart. */
  readonly when: string;
}

/** Deleting takes the weights off the disk and cannot be undone, so it asks – in its place, not in a dialog. */
export function RunActions({ run, when }: RunActionsProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { id } = run.summary;
  const { remove } = useRuns.getState();
  if (isAsking) {
    return (
      <div role="group" aria-label={`Delete the run of ${when}?`} className="flex items-center justify-end gap-1.5">
        <span className="text-sm">Delete with its weights?</span>
        <Button variant="danger" onClick={() => void remove(id)}>
          Delete
        </Button>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was just pressed */}
        <Button autoFocus onClick={() => setIsAsking(false)}>
          Keep
        </Button>
      </div>
    );
  }
  return (
    <div className="flex items-center justify-end">
      <IconButton
        label={`Delete the run of ${when}`}
        icon={<Trash2 size="0.875rem" aria-hidden />}
        disabled={isActive(run.summary)}
        hint={isActive(run.summary) ? 'It is in progress. Stop it first.' : undefined}
        onClick={() => setIsAsking(true)}
      />
    </div>
  );
}
