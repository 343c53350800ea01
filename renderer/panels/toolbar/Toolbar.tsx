import { Redo2, Undo2 } from 'lucide-react';
import { MENUS } from '../../../shared/commands/commands';
import { menuItems } from '../../commands/commands';
import type { DocumentState } from '../../state/document';
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

/**
 * Menus on the left, the document in the middle, what it runs on and Train on the right. Where text is large or the window
 * narrow, what is told elsewhere, too, gives its room to the rest.
 */
export function Toolbar() {
  return (
    <header data-area="Menu and toolbar" className="@container/toolbar shrink-0 border-b border-line bg-surface">
      <div className="grid min-h-11 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 px-3 @min-[64rem]/toolbar:grid-cols-[1fr_auto_1fr]">
        <div className="flex items-center gap-2">
          <Logo className="shrink-0 @max-[48rem]/toolbar:hidden" />
          <Menubar label="Menu" menus={menus} />
        </div>
        <DocumentTitle />
        <div className="flex items-center justify-end gap-2 @max-[36rem]/toolbar:col-span-3 @max-[36rem]/toolbar:pb-2">
          <HistoryButtons />
          <InputChip />
          <EngineChip />
          <TrainControls />
        </div>
      </div>
    </header>
  );
}

const undoLabel = (state: DocumentState) => state.undoLabel;
const redoLabel = (state: DocumentState) => state.redoLabel;

function HistoryButtons() {
  return (
    <div className="flex">
      <CommandButton id="edit.undo" icon={<Undo2 size="0.9375rem" aria-hidden />} hintOf={undoLabel} />
      <CommandButton id="edit.redo" icon={<Redo2 size="0.9375rem" aria-hidden />} hintOf={redoLabel} />
    </div>
  );
}
