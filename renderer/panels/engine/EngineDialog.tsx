import { useSession } from '../../state/session';
import { Dialog } from '../../ui/Dialog';
import { EngineFacts } from './EngineFacts';
import { ProgramView } from './ProgramView';

/** What computes here, and what the network becomes for it. */
export function EngineDialog() {
  const close = useSession((state) => state.closeDialog);
  return (
    <Dialog title="Engine and program" description="What computes here, and what the network becomes for it." size="large" onClose={close}>
      <EngineFacts />
      <ProgramView />
    </Dialog>
  );
}
