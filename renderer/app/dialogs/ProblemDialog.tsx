import { copyAndTell } from '../../commands/copying';
import { useSession, type WayOut } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';

interface ProblemDialogProps {
  readonly title: string;
  readonly code: string;
  readonly message: string;
  readonly fix: string | undefined;
  readonly wayOut?: WayOut | undefined;
}

/** Something that could not be done: what happened, how to mend it, and the code to look it up. */
export function ProblemDialog({ title, code, message, fix, wayOut }: ProblemDialogProps) {
  const close = useSession((state) => state.closeDialog);
  return (
    <Dialog
      title={title}
      onClose={close}
      footer={
        <>
          <Button onClick={() => void copyAndTell(`${title}\n${code}: ${message}${fix ? `\n${fix}` : ''}`, 'The message is')}>Copy</Button>
          {wayOut && (
            <Button
              onClick={() => {
                close();
                wayOut.run();
              }}
            >
              {wayOut.label}
            </Button>
          )}
          <Button variant="primary" onClick={close}>
            OK
          </Button>
        </>
      }
    >
      <p className="break-words whitespace-pre-line select-text">{message}</p>
      {fix && fix !== message && <p className="mt-2 break-words text-secondary select-text">{fix}</p>}
      <p className="mt-3 font-mono text-xs text-secondary select-text">{code}</p>
    </Dialog>
  );
}
