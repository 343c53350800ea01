import { reloadFromDisk, save, saveAs } from '../../commands/saving';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';

/** The file is no longer as it was read: three ways on, none of which loses anything. */
export function ChangedOnDiskDialog({ message }: { readonly message: string }) {
  const close = useSession((state) => state.closeDialog);
  const after = (act: () => Promise<void>) => () => {
    close();
    void act();
  };
  return (
    <Dialog title="The file changed on disk" description={message} onClose={close}>
      <div className="flex flex-col gap-2 pb-3">
        <Choice title="Keep mine, under another name" text="The file on disk stays as it is." onClick={after(saveAs)} primary />
        <Choice title="Load the file from disk" text="One step that Undo takes back." onClick={after(reloadFromDisk)} />
        <Choice title="Save mine over it" text="The version on disk is kept beside it as a backup." onClick={after(() => save(true))} />
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly text: string;
  readonly primary?: boolean;
  readonly onClick: () => void;
}

function Choice({ title, text, primary = false, onClick }: ChoiceProps) {
  return (
    <Button
      variant="outline"
      onClick={onClick}
      className={`h-auto! w-full flex-col items-start! py-2 ${primary ? 'border-accent-line' : ''}`}
    >
      <span className="font-medium">{title}</span>
      <span className="text-sm text-secondary">{text}</span>
    </Button>
  );
}
