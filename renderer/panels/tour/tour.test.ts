import { describe, expect, it } from 'vitest';
import { placeCard } from './placeCard';
import { tourSteps } from './steps';

const window = { width: 1280, height: 800 };
const card = { width: 320, height: 200 };

describe('the tour', () => {
  it('has five steps', () => {
    expect(tourSteps()).toHaveLength(5);
  });

  it('puts its card beside the part that it tells of', () => {
    expect(placeCard({ left: 0, top: 44, width: 212, height: 700 }, card, window, 'right')).toEqual({ left: 224, top: 56 });
    expect(placeCard({ left: 212, top: 510, width: 780, height: 260 }, card, window, 'top')).toEqual({ left: 224, top: 298 });
    expect(placeCard({ left: 600, top: 300, width: 40, height: 16 }, card, window, 'bottom')).toEqual({ left: 460, top: 328 });
  });

  it('keeps its card in the window, however large the part is', () => {
    for (const side of ['right', 'left', 'top', 'bottom'] as const) {
      const { left, top } = placeCard({ left: -50, top: -50, width: 1400, height: 900 }, card, window, side);
      expect(left >= 8 && top >= 8 && left + card.width <= 1272 && top + card.height <= 792).toBe(true);
    }
  });
});
