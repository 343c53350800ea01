import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { leaveDrawing } from './drawing';

/** Escape leaves a wire that is on its way; what is selected stays. */
export function useLeaving(): void {
  const store = useStoreApi();
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && leaveDrawing(() => store.getState().cancelConnection())) event.stopPropagation();
    };
    window.addEventListener('keydown', leave, { capture: true });
    return () => window.removeEventListener('keydown', leave, { capture: true });
  }, [store]);
}
