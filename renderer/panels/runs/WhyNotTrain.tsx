import { Wand2 } from 'lucide-react';
import { useMemo } from 'react';
import { runCommand } from '../../commands/commands';
import { useDocument } from '../../state/document';
import { dataFit } from '../../state/training';
import { useWhenQuiet } from '../../state/useQuiet';
import { Button } from '../../ui/Button';

/** Why training cannot start, and where a change of the network would do, that change. */
export function WhyNotTrain({ id, reason }: { readonly id?: string; readonly reason: string }) {
  const analysis = useDocument((state) => state.analysis);
  // Found by inferring the changed network: not in the frame of an edit.
  const fit = useWhenQuiet(
    useMemo(() => ({ analysis, reason }), [analysis, reason]),
    dataFit,
  );
  return (
    <>
      <p id={id} className="text-sm text-secondary">
        {reason}
      </p>
      {fit && (
        <Button icon={<Wand2 size="0.875rem" aria-hidden />} onClick={() => runCommand('run.fitData')}>
          {fit.title}
        </Button>
      )}
    </>
  );
}
