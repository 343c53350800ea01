import { FilePlus, FolderOpen, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { runCommand } from '../../commands/commands';
import { restoreDraft } from '../../commands/loading';
import { openFrom } from '../../commands/opening';
import { useDrafts } from '../../state/drafts';
import { useRecent } from '../../state/recent';
import { Button } from '../../ui/Button';
import { Logo } from '../../ui/Logo';
import { WelcomeList } from './WelcomeList';

interface WelcomeProps {
  /** Called when the person wants the empty canvas. */
  readonly onDraw: () => void;
}

/** What an empty start shows: three ways to begin, what was not saved, and the files that were open last. */
export function Welcome({ onDraw }: WelcomeProps) {
  const recent = useRecent((state) => state.files);
  const drafts = useDrafts((state) => state.drafts);
  return (
    <section aria-label="Welcome" className="absolute inset-0 overflow-y-auto bg-canvas">
      <div className="mx-auto flex min-h-full max-w-160 flex-col justify-center gap-7 px-8 py-8">
        <header className="flex items-center gap-4">
          <Logo size={44} />
          <div>
            <h2 className="text-xl font-semibold">Draw a network</h2>
            <p className="text-secondary">See every shape as you wire, mend what does not fit, train it on real data.</p>
          </div>
        </header>
        <div className="grid grid-cols-3 gap-3">
          <Way
            icon={<Play size={18} aria-hidden />}
            title="Open digits-resnet"
            text="A small residual network that learns handwritten digits in seconds."
            primary
            onClick={openDigits}
          />
          <Way
            icon={<FilePlus size={18} aria-hidden />}
            title="Draw from nothing"
            text="An empty canvas. Press Tab and type the name of a layer."
            onClick={onDraw}
          />
          <Way
            icon={<FolderOpen size={18} aria-hidden />}
            title="Open…"
            text="A document of yours: a file that ends in .skip.json."
            onClick={() => runCommand('file.open')}
          />
        </div>
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
        {recent.length > 0 && (
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
        )}
        <footer className="flex items-center gap-2 text-secondary">
          <Button variant="plain" onClick={() => runCommand('file.openSample')}>
            More samples…
          </Button>
          <Button variant="plain" onClick={() => runCommand('help.shortcuts')}>
            Keyboard shortcuts
          </Button>
        </footer>
      </div>
    </section>
  );
}

function openDigits(): void {
  void openFrom({ kind: 'sample', name: 'digits-resnet' }, 'The sample');
}

interface WayProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly primary?: boolean;
  readonly onClick: () => void;
}

function Way({ icon, title, text, primary = false, onClick }: WayProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex flex-col items-start gap-1 rounded-xl border border-line bg-raised p-4 text-left shadow-node transition-colors duration-100 hover:border-accent-line hover:bg-accent-soft"
    >
      <span
        className={`mb-2 flex size-9 items-center justify-center rounded-lg ${primary ? 'bg-accent text-on-accent' : 'bg-hover text-ink'}`}
      >
        {icon}
      </span>
      <span className="font-semibold">{title}</span>
      <span className="text-sm text-secondary">{text}</span>
    </button>
  );
}
