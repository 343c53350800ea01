import { useState } from 'react';
import { returnToCanvas } from '../../commands/walking';

/** Where the focus goes when a search closes: to the canvas and what is selected on it, but back to an outline. */
export function useWayBack(): (() => void) | undefined {
  const [wasInTree] = useState(() => Boolean(document.activeElement?.closest('[data-region="tree"]')));
  return wasInTree ? undefined : returnToCanvas;
}
