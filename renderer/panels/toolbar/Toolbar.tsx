import { Redo2, Undo2 } from 'lucide-react';
import { MENUS } from '../../../shared/commands/commands';
import { menuItems } from '../../commands/commands';
import { useDocument } from '../../state/document';
import { Logo } from '../../ui/Logo';
import { Menubar } from '../../ui/Menubar';
import { CommandButton } from './CommandButton';
import { DocumentTitle } from './DocumentTitle';
import { EngineChip } from './EngineChip';
import { InputChip } from './InputChip';
import { fileMenuItems } from './fileMenu';
import { TrainControls } from './TrainControls';
import { viewMenuItems } from './viewMenu';

const menus = MENUS.map((label) => ({ label, items: () => itemsOf(label) }));

function itemsOf(label: (typeof MENUS)[number]) {
  if (label === 'File') return fileMenuItems();
  return label === 'View' ? viewMenuItems() : menuItems(label);
}

/** Menus on the left, the document in the middle, what it runs on and Train on the right. */
export function Toolbar() {
  return (
    <header
      data-area="Menu and toolbar"
      className="grid h-11 shrink-0 grid-cols-[1fr_auto_1fr] items-center gap-3 border-b border-line bg-surface px-3"
    >
      <div className="flex min-w-0 items-center gap-2">
        <Logo />
        <Menubar label="Menu" menus={menus} />
      </div>
      <DocumentTitle />
      <div className="flex min-w-0 items-center justify-end gap-2">
        <HistoryButtons />
        <InputChip />
        <EngineChip />
        <TrainControls />
      </div>
    </header>
  );
}

function HistoryButtons() {
  const undoLabel = useDocument((state) => state.undoLabel);
  const redoLabel = useDocument((state) => state.redoLabel);
  return (
    <div className="flex">
      <CommandButton id="edit.undo" icon={<Undo2 size={15} aria-hidden />} enabled={undoLabel !== undefined} hint={undoLabel} />
      <CommandButton id="edit.redo" icon={<Redo2 size={15} aria-hidden />} enabled={redoLabel !== undefined} hint={redoLabel} />
    </div>
  );
}
