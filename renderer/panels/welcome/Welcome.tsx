import { FilePlus, FolderOpen, LibraryBig } from 'lucide-react';
import { useEffect } from 'react';
import { runCommand } from '../../commands/commands';
import { restoreDraft } from '../../commands/loading';
import { openFrom } from '../../commands/opening';
import { useDrafts } from '../../state/drafts';
import { refreshRecent, useRecent } from '../../state/recent';
import { Button } from '../../ui/Button';
import { Logo } from '../../ui/Logo';
import { LearnLinks } from './LearnLinks';
import { WelcomeList } from './WelcomeList';
import { WelcomeSamples } from './WelcomeSamples';

interface WelcomeProps {
  /** Called when the person wants the empty canvas. */
  readonly onDraw: () => void;
}

/** What an empty start shows: ways to begin, the samples, what was not saved, the files that were open last, ways to learn. */
export function Welcome({ onDraw }: WelcomeProps) {
  useEffect(refreshRecent, []);
  return (
    <section aria-label="Welcome" className="[container-type:size] absolute inset-0 overflow-y-auto bg-canvas">
      <div className="mx-auto flex min-h-full max-w-240 flex-col justify-center gap-5 px-8 py-6 low:gap-4 low:py-4">
        <header className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <Logo size="2.75rem" />
          <div className="min-w-[min(18rem,100%)] flex-1">
            <h2 className="text-xl font-semibold">Draw a network</h2>
            <p className="text-secondary">See every shape, mend what does not fit, train on real data.</p>
          </div>
          <div className="flex flex-wrap gap-2">
            <Button icon={<FilePlus size="0.875rem" aria-hidden />} onClick={onDraw}>
              Draw from nothing
            </Button>
            <Button icon={<LibraryBig size="0.875rem" aria-hidden />} onClick={() => runCommand('file.gallery')}>
              Known networks…
            </Button>
            <Button icon={<FolderOpen size="0.875rem" aria-hidden />} onClick={() => runCommand('file.open')}>
              Open…
            </Button>
          </div>
        </header>
        <WelcomeSamples />
        <div className="-mx-2 grid gap-6 @2xl:grid-cols-2">
          <LearnLinks />
          <Documents />
        </div>
      </div>
    </section>
  );
}

/** Unsaved changes first: they are in no file. */
function Documents() {
  const recent = useRecent((state) => state.files);
  const drafts = useDrafts((state) => state.drafts);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {drafts.length > 0 && (
        <WelcomeList
          title="Unsaved"
          entries={drafts.map((draft) => ({
            key: draft.id,
            name: draft.name,
            detail: 'changes that are in no file',
            time: draft.savedAt,
            open: () => void restoreDraft(draft),
          }))}
        />
      )}
      {recent.length > 0 ? (
        <WelcomeList
          title="Recent"
          entries={recent.slice(0, 6).map(({ handle, name, folder, openedAt }) => ({
            key: handle,
            name,
            detail: folder,
            time: openedAt,
            open: () => void openFrom({ kind: 'handle', handle }, `“${name}”`),
          }))}
        />
      ) : (
        <section aria-label="Recent">
          <h3 className="mb-1 px-2 text-xs font-medium text-secondary">Recent</h3>
          <p className="px-2 py-1.5 text-secondary">The files that you open or save are listed here.</p>
        </section>
      )}
    </div>
  );
}
