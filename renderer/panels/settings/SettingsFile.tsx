import { Copy, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HostContract } from '../../../shared/rpc/contract';
import type { CallOutput } from '../../../shared/rpc/define';
import { copyAndTell } from '../../commands/copying';
import { keybindingProblems } from '../../commands/keybindings';
import { host, useConnection } from '../../host/client';
import { useSettings } from '../../state/settings';
import { Button } from '../../ui/Button';

/** Where the settings are kept, and what in the file does not fit. */
export function SettingsFile() {
  const file = useSettingsFile();
  const keybindings = useSettings((state) => state.keybindings);
  const isDesktop = useConnection((state) => state.info?.host === 'electron');
  if (!file) return null;
  const problems = [...file.problems.map(({ message }) => message), ...keybindingProblems(keybindings)];
  return (
    <>
      <div className="flex gap-2">
        <Button icon={<Copy size="0.8125rem" aria-hidden />} onClick={() => void copyAndTell(file.path, 'The path is')}>
          Copy the path
        </Button>
        {isDesktop && (
          <Button
            icon={<FolderOpen size="0.8125rem" aria-hidden />}
            onClick={() => void host.call('settings.reveal', {}).catch(() => undefined)}
          >
            Show the file
          </Button>
        )}
      </div>
      <p className="basis-full rounded-md bg-surface px-2 py-1 font-mono text-xs break-all text-secondary select-text">{file.path}</p>
      {problems.length > 0 && (
        <ul aria-label="What does not fit" className="basis-full text-sm text-warning-text">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function useSettingsFile() {
  const [file, setFile] = useState<CallOutput<HostContract, 'settings.file'> | null>(null);
  useEffect(() => {
    let isCurrent = true;
    host.call('settings.file', {}).then(
      (found) => isCurrent && setFile(found),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return file;
}
