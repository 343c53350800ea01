import { CompareDialog } from '../../panels/compare/CompareDialog';
import { EngineDialog } from '../../panels/engine/EngineDialog';
import { ExportDialog } from '../../panels/export/ExportDialog';
import { GalleryDialog } from '../../panels/gallery/GalleryDialog';
import { LogDialog } from '../../panels/log/LogDialog';
import { PictureDialog } from '../../panels/picture/PictureDialog';
import { ProfileDialog } from '../../panels/profile/ProfileDialog';
import { FindRateDialog } from '../../panels/training/rates/FindRateDialog';
import { SettingsDialog } from '../../panels/settings/SettingsDialog';
import { useSession } from '../../state/session';
import { AboutDialog } from './AboutDialog';
import { AddLayerPopup } from './AddLayerPopup';
import { BookmarksDialog } from './BookmarksDialog';
import { BrowseDialog } from './BrowseDialog';
import { ChangedOnDiskDialog } from './ChangedOnDiskDialog';
import { CommandPalette } from './CommandPalette';
import { ConnectPopup } from './ConnectPopup';
import { PasteCodeDialog } from './PasteCodeDialog';
import { PasteFieldDialog } from './PasteFieldDialog';
import { ProblemDialog } from './ProblemDialog';
import { ReplacePopup } from './ReplacePopup';
import { SamplesDialog } from './SamplesDialog';
import { ShortcutsDialog } from './ShortcutsDialog';
import { VersionsDialog } from './VersionsDialog';

/** The floating thing that is open, if any. */
export function Dialogs() {
  const dialog = useSession((state) => state.dialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'addLayer':
      return <AddLayerPopup {...dialog} />;
    case 'connect':
      return <ConnectPopup node={dialog.node} port={dialog.port} />;
    case 'pasteCode':
      return <PasteCodeDialog {...dialog} />;
    case 'pasteField':
      return <PasteFieldDialog />;
    case 'replaceLayer':
      return <ReplacePopup />;
    case 'commandPalette':
      return <CommandPalette />;
    case 'openSample':
      return <SamplesDialog />;
    case 'gallery':
      return <GalleryDialog />;
    case 'versions':
      return <VersionsDialog />;
    case 'picture':
      return <PictureDialog />;
    case 'compare':
      return <CompareDialog before={dialog.before} after={dialog.after} />;
    case 'browse':
      return <BrowseDialog purpose={dialog.purpose} suggestedName={dialog.purpose === 'save' ? dialog.suggestedName : ''} />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'bookmarks':
      return <BookmarksDialog />;
    case 'settings':
      return <SettingsDialog field={dialog.field} />;
    case 'engine':
      return <EngineDialog layer={dialog.layer} />;
    case 'profile':
      return <ProfileDialog />;
    case 'findRate':
      return <FindRateDialog />;
    case 'log':
      return <LogDialog />;
    case 'about':
      return <AboutDialog />;
    case 'export':
      return <ExportDialog format={dialog.format} />;
    case 'problem':
      return <ProblemDialog {...dialog} />;
    case 'changedOnDisk':
      return <ChangedOnDiskDialog message={dialog.message} />;
  }
}
