import { useEffect, useState } from 'react';
import { useConnection } from '../../host/client';
import { useDocument } from '../../state/document';
import { useDrafts } from '../../state/drafts';

/** Whether all is saved, in words: in the file, as a draft, or not yet. */
export function SavedState() {
  const isDirty = useDocument((state) => state.isDirty);
  const savedAt = useDocument((state) => state.savedAt);
  const hasFile = useDocument((state) => state.file !== null);
  const isKept = useDrafts((state) => state.kept !== null);
  const isLost = useConnection((state) => state.status === 'reconnecting');
  const now = useClock(savedAt !== null && !isDirty);
  if (isDirty) return <span>{isLost ? 'Not saved: no connection' : isKept ? 'Changes kept as a draft' : 'Unsaved changes'}</span>;
  if (savedAt !== null) return <span>Saved {agoInWords(now - savedAt)}</span>;
  return <span>{hasFile ? 'Saved' : ''}</span>;
}

function useClock(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isRunning) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}

export function agoInWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}
