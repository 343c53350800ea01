import type { NodePath } from '../../../shared/infer/analysis';
import { useSession } from '../../state/session';
import { Dialog } from '../../ui/Dialog';
import { EngineFacts } from './EngineFacts';
import { ProgramView } from './ProgramView';

/** What computes here, and what the network becomes for it; of a layer that is asked for only the latter. */
export function EngineDialog({ layer }: { readonly layer: NodePath | undefined }) {
  const close = useSession((state) => state.closeDialog);
  if (layer !== undefined)
    return (
      <Dialog title="Program" description="What the layer becomes for the engine." size="large" onClose={close}>
        <ProgramView first={layer} />
      </Dialog>
    );
  return (
    <Dialog title="Engine and program" description="What computes here, and what the network becomes for it." size="large" onClose={close}>
      <EngineFacts />
      <ProgramView />
    </Dialog>
  );
}
