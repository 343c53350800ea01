import { useLayoutEffect, useRef, type RefObject } from 'react';
import { isMotionReduced } from '../state/settings';
import type { Scene } from './scene';
import { shiftsBetween } from './shifts';

const TIMING = { duration: 180, easing: 'cubic-bezier(0.2, 0, 0, 1)' } as const;

/**
 * Layers that an edit has moved – arranged, aligned, undone – slide to their new places, and only these; their wires fade in
 * on their new ways. For the eye only: everything stands where it is from the first frame on. `place`: another one is
 * another graph. A drag moves by itself.
 */
export function useSettling(container: RefObject<HTMLElement | null>, place: string, scene: Scene, isDragged: boolean): void {
  const before = useRef({ place, scene, isDragged });
  useLayoutEffect(() => {
    const { current: old } = before;
    before.current = { place, scene, isDragged };
    if (old.scene === scene || old.place !== place || old.isDragged || isDragged || isMotionReduced()) return;
    const shifts = shiftsBetween(old.scene, scene);
    if (shifts.size === 0 || !container.current) return;
    for (const element of container.current.querySelectorAll('.react-flow__node')) {
      const shift = shifts.get(element.getAttribute('data-id') ?? '');
      if (shift) element.animate({ translate: [`${shift.x}px ${shift.y}px`, '0 0'] }, TIMING);
    }
    for (const element of container.current.querySelectorAll('.react-flow__edge')) {
      const id = element.getAttribute('data-id') ?? '';
      if (old.scene.ways.courses.get(id) !== scene.ways.courses.get(id)) element.animate({ opacity: [0, 1] }, TIMING);
    }
  }, [container, place, scene, isDragged]);
}
