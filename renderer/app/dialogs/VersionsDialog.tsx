import { useEffect, useState } from 'react';
import { failureOf } from '../../commands/failure';
import { compareWithVersion } from '../../commands/comparing';
import { loadVersions, openVersion, restoreVersion, type SavedVersion } from '../../commands/versions';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { countOf, formatBytes, formatMoment } from '../../ui/numbers';
import { Spinner } from '../../ui/Spinner';

/** The last saves of the open document: to be looked at as a copy, or restored as one step. */
export function VersionsDialog() {
  const close = useSession((state) => state.closeDialog);
  const [versions, setVersions] = useState<readonly SavedVersion[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    loadVersions().then(setVersions, (error: unknown) => setFailure(failureOf(error).message));
  }, []);
  return (
    <Dialog title="Earlier versions" description="The last 20 saves of this document." size="medium" onClose={close}>
      {failure !== null && <p className="pb-3 text-error-text">{failure}</p>}
      {!versions && failure === null && <Spinner label="Reading the versions" />}
      {versions?.length === 0 && <p className="pb-3 text-secondary">Nothing was saved yet. Each save is kept here.</p>}
      <ul className="pb-2">
        {versions?.map((version) => (
          <VersionRow key={version.version} version={version} onDone={close} />
        ))}
      </ul>
    </Dialog>
  );
}

function VersionRow({ version, onDone }: { readonly version: SavedVersion; readonly onDone: () => void }) {
  const time = formatMoment(version.savedAt);
  const act = (run: (version: SavedVersion) => void) => () => {
    onDone();
    run(version);
  };
  return (
    <li className="flex items-center gap-3 border-b border-line py-2 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {time}
          <span className="ml-2 text-sm font-normal text-secondary">
            {countOf(version.layers, 'layer')}, {formatBytes(version.bytes)}
          </span>
        </p>
        <p className="truncate text-sm text-secondary">{version.change}</p>
      </div>
      <Button variant="plain" aria-label={`Compare with ${time}`} onClick={act(compareWithVersion)}>
        Compare
      </Button>
      <Button variant="plain" aria-label={`Open a copy of ${time}`} onClick={act(openVersion)}>
        Open a copy
      </Button>
      <Button aria-label={`Restore ${time}`} onClick={act(restoreVersion)}>
        Restore
      </Button>
    </li>
  );
}
