import { useEffect, useState, type RefObject } from 'react';
import { useSettings } from '../../state/settings';
import { ROW } from './windowOf';

/** A text size that somebody enlarged makes lines higher. Tells also how much of the tree is seen. */
export function useRowHeight(tree: RefObject<HTMLElement | null>, onView: (view: { top: number; height: number }) => void): number {
  const [row, setRow] = useState(ROW);
  const textSize = useSettings((state) => state.textSize);
  useEffect(() => {
    const element = tree.current;
    if (!element) return;
    const look = () => {
      onView({ top: element.scrollTop, height: element.clientHeight });
      setRow(Math.max(ROW, Math.round(Number.parseFloat(getComputedStyle(element).fontSize) * 2)));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [tree, onView, textSize]);
  return row;
}
