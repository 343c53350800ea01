import { useEffect, useState } from 'react';
import { compareDocuments, type DocumentDifferences } from '../../../shared/diff/compareDocuments';
import { changedNames } from '../../../shared/diff/words';
import { compareWithSaved } from '../../commands/comparing';
import { documentOnDisk, reloadFromDisk } from '../../commands/reloading';
import { save, saveAs } from '../../commands/saving';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { countOf } from '../../ui/numbers';

/** The file is no longer as it was read: what differs, and three ways on, none of which loses anything. */
export function ChangedOnDiskDialog({ message }: { readonly message: string }) {
  const close = useSession((state) => state.closeDialog);
  const after = (act: () => Promise<unknown>) => () => {
    close();
    void act();
  };
  return (
    <Dialog title="The file changed on disk" description={message} onClose={close}>
      <Comparison />
      <div className="flex flex-col gap-2 pb-3">
        <Choice title="Look at both" text="Mine and the file side by side; nothing is changed." onClick={after(compareWithSaved)} />
        <Choice title="Keep mine, under another name" text="The file on disk stays as it is." onClick={after(saveAs)} primary />
        <Choice title="Load the file from disk" text="One step that Undo takes back." onClick={after(reloadFromDisk)} />
        <Choice
          title="Save mine over it"
          text="The version on disk is kept beside it as a backup."
          onClick={after(() => save({ overwrite: true }))}
        />
      </div>
    </Dialog>
  );
}

/** What is here and not on disk, and the other way round, by name. */
function Comparison() {
  const [found, setFound] = useState<DocumentDifferences | 'none' | null>(null);
  useEffect(() => {
    void documentOnDisk().then((disk) => setFound(disk ? compareDocuments(disk, useDocument.getState().document) : 'none'));
  }, []);
  if (found === 'none') return null;
  const rows = found && rowsOf(found);
  return (
    <section aria-label="Comparison" className="mb-3 min-h-14 rounded-lg border border-line bg-canvas px-3 py-2 text-sm">
      <h3 className="text-xs font-medium text-secondary">Mine against the file on disk</h3>
      {rows?.length === 0 && <p>The same layers and wires.</p>}
      <dl>
        {rows?.map(([title, text]) => (
          <div key={title} className="flex gap-2">
            <dt className="w-28 shrink-0 text-secondary">{title}</dt>
            <dd className="min-w-0 break-words">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const NAMED = 8;

function rowsOf({ places, blocksAdded, blocksRemoved, settings }: DocumentDifferences) {
  const names = (list: readonly { readonly name: string }[]) =>
    list.length <= NAMED
      ? list.map(({ name }) => name).join(', ')
      : `${list
          .slice(0, NAMED)
          .map(({ name }) => name)
          .join(', ')} and ${list.length - NAMED} more`;
  const count = (kind: 'added' | 'removed') => places.flatMap(({ wires }) => wires.filter((wire) => wire.kind === kind)).length;
  const wires = [
    count('added') > 0 && `${countOf(count('added'), 'wire')} only here`,
    count('removed') > 0 && `${count('removed')} only on disk`,
  ];
  const rows: readonly (readonly [string, string])[] = [
    ['Only here', names([...places.flatMap(({ added }) => added), ...blocksAdded])],
    ['Only on disk', names([...places.flatMap(({ removed }) => removed), ...blocksRemoved])],
    ['Different', names(changedNames(places).map((name) => ({ name })))],
    ['Wires', wires.filter(Boolean).join(', ')],
    ['Settings', settings.length > 0 ? 'of training or data differ' : ''],
  ];
  return rows.filter(([, text]) => text !== '');
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
