import { useEffect, useState } from 'react';
import { afterFrames } from '../state/session';

/** True as long as the value is, and for two frames more: what takes its place has been drawn by then. */
export function useLinger(value: boolean): boolean {
  const [lingers, setLingers] = useState(value);
  if (value && !lingers) setLingers(true);
  useEffect(() => {
    if (value) return;
    let isCurrent = true;
    afterFrames(2, () => isCurrent && setLingers(false));
    return () => void (isCurrent = false);
  }, [value]);
  return value || lingers;
}
