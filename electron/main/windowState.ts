import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { readJsonFile } from '../services/jsonFile';

const savedWindow = z.object({
  id: z.string().min(1).max(100),
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  /** Over the whole screen; the bounds are those to which it goes back. */
  cover: z.enum(['maximized', 'fullScreen']).optional(),
});
/** As many as anybody had open; a file that names more is not ours. */
const list = z.array(savedWindow).max(32);
export type SavedWindow = z.output<typeof savedWindow>;

const FIRST = { width: 1440, height: 900 };
/** A further window lies this much lower and to the right, so that both are seen. */
const STEP = 28;

const fileIn = (userData: string) => join(userData, 'windows.json');

/** The windows that were open when the program last ended. */
export async function savedWindows(userData: string): Promise<readonly SavedWindow[]> {
  const parsed = list.safeParse(await readJsonFile(fileIn(userData)));
  return parsed.success ? parsed.data : [];
}

/**
 * While windows close there is no time for more than one small write, and losing it costs nothing; but half of it would lose all windows
 * but one at the next start, so that it is put in place whole.
 */
export function saveWindows(userData: string, windows: readonly SavedWindow[]): void {
  try {
    mkdirSync(userData, { recursive: true });
    const aside = `${fileIn(userData)}.saving`;
    writeFileSync(aside, JSON.stringify(windows));
    renameSync(aside, fileIn(userData));
  } catch {
    // The windows open at their first size next time.
  }
}

/** Whether a window covers its screen, and how. */
export function coverOf(window: BrowserWindow): SavedWindow['cover'] {
  if (window.isFullScreen()) return 'fullScreen';
  return window.isMaximized() ? 'maximized' : undefined;
}

/** Lets a window that is shown cover its screen again. */
export function coverAgain(window: BrowserWindow, cover: SavedWindow['cover']): void {
  if (cover === 'maximized') window.maximize();
  else if (cover === 'fullScreen') window.setFullScreen(true);
}

/** Where a window was, if a display still shows that place. */
export function visibleBounds(bounds: Rectangle): Partial<Rectangle> {
  const { workArea } = screen.getDisplayMatching(bounds);
  const isVisible =
    bounds.x < workArea.x + workArea.width &&
    bounds.x + bounds.width > workArea.x &&
    bounds.y >= workArea.y - 8 &&
    bounds.y < workArea.y + workArea.height;
  return isVisible ? { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height } : FIRST;
}

/** Where the next window opens: beside the one that it was opened from. */
export function besides(bounds: Rectangle | undefined): Partial<Rectangle> {
  return bounds ? visibleBounds({ ...bounds, x: bounds.x + STEP, y: bounds.y + STEP }) : FIRST;
}
