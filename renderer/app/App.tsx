import { Tour } from '../panels/tour/Tour';
import { useSettings } from '../state/settings';
import { Spinner } from '../ui/Spinner';
import { TooltipProvider } from '../ui/Tooltip';
import { Announcer } from './Announcer';
import { ConnectionBanner } from './ConnectionBanner';
import { Dialogs } from './dialogs/Dialogs';
import { DropTarget } from './DropTarget';
import { ErrorBoundary } from './ErrorBoundary';
import { Toasts } from './Toasts';
import { Window } from './Window';

export function App() {
  const isLoaded = useSettings((state) => state.isLoaded);
  const numbers = useSettings((state) => state.numbers);
  return (
    <ErrorBoundary>
      <TooltipProvider delay={500}>
        {/* Numbers are written everywhere: in another style all is drawn anew. */}
        {isLoaded ? <Window key={numbers} /> : <Starting />}
        <ConnectionBanner />
        <Dialogs />
        <Tour />
        <Toasts />
        <Announcer />
        <DropTarget />
      </TooltipProvider>
    </ErrorBoundary>
  );
}

function Starting() {
  return (
    <div className="flex h-full items-center justify-center">
      <Spinner label="Starting" size="1.25rem" />
    </div>
  );
}
