import { Unplug } from 'lucide-react';
import { useConnection } from '../host/client';
import { reconnectNow } from '../host/connect';
import { downloadCopy } from '../commands/saving';
import { Button } from '../ui/Button';

/** Says that the host is gone, and that nothing is lost by it. */
export function ConnectionBanner() {
  const isLost = useConnection((state) => state.status === 'reconnecting');
  const isTrying = useConnection((state) => state.retryAt === null);
  if (!isLost) return null;
  return (
    <div
      role="alert"
      className="fixed top-13 left-1/2 z-50 flex -translate-x-1/2 items-center gap-3 rounded-lg border border-line bg-raised py-2 pr-2 pl-3 shadow-float"
    >
      <Unplug size="1rem" aria-hidden className="text-warning-text" />
      <span>The connection to Skipwire is lost. You can go on drawing; it is saved when the connection is back.</span>
      <Button variant="plain" onClick={downloadCopy}>
        Download a copy
      </Button>
      <Button onClick={reconnectNow} disabled={isTrying}>
        {isTrying ? 'Connecting…' : 'Connect now'}
      </Button>
    </div>
  );
}
