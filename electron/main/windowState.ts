import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { screen, type Rectangle } from 'electron';
import { readJsonFile } from '../services/jsonFile';

const bounds = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(400).max(20_000), height: z.int().min(300).max(20_000) });
const FIRST = { width: 1440, height: 900 };

/** Where the window was, if a display still shows that place. */
export async function windowBounds(userData: string): Promise<Partial<Rectangle>> {
  const parsed = bounds.safeParse(await readJsonFile(join(userData, 'window.json')));
  if (!parsed.success) return FIRST;
  const { workArea } = screen.getDisplayMatching(parsed.data);
  const visible =
    parsed.data.x < workArea.x + workArea.width &&
    parsed.data.x + parsed.data.width > workArea.x &&
    parsed.data.y >= workArea.y - 8 &&
    parsed.data.y < workArea.y + workArea.height;
  return visible ? parsed.data : FIRST;
}

/** While the window closes: there is no time for more than one small write, and losing it costs nothing. */
export function rememberWindow(userData: string, { x, y, width, height }: Rectangle): void {
  void mkdir(userData, { recursive: true });
  try {
    writeFileSync(join(userData, 'window.json'), JSON.stringify({ x, y, width, height }));
  } catch {
    // The window opens at its first size next time.
  }
}
