import { create } from 'zustand';
import { settings as settingsSchema, type Settings } from '../../shared/rpc/contract';
import { host } from '../host/client';
import { setNumberStyle } from '../ui/numbers';

export interface SettingsState extends Settings {
  /** The window is drawn once its layout is known. */
  readonly isLoaded: boolean;

  /** Applies at once and tells the host, which keeps it. */
  change(settings: Partial<Settings>): void;
  /** Reads them from the host again: they may have been edited by hand or in another window. */
  load(): Promise<void>;
}

export const useSettings = create<SettingsState>((set) => ({
  ...settingsSchema.parse({}),
  ...remembered(),
  isLoaded: false,
  change(settings) {
    set(settings);
    // A setting that could not be kept holds for this window; nothing the person does depends on it.
    host.call('settings.set', settings).catch(() => undefined);
  },
  async load() {
    try {
      set(await host.call('settings.get', {}));
    } catch {
      // The defaults serve as well.
    }
  },
}));

const LOOK = 'look';

/** The look of the last time, so that the window does not flash in another one before the host has answered. */
function remembered(): Partial<Settings> {
  try {
    const kept = JSON.parse(localStorage.getItem(LOOK) ?? '{}') as Record<string, unknown>;
    return settingsSchema.pick({ theme: true, textSize: true, density: true, motion: true }).parse(kept);
  } catch {
    return {};
  }
}

function media(query: string): MediaQueryList | null {
  return typeof matchMedia === 'function' ? matchMedia(query) : null;
}

const systemDark = media('(prefers-color-scheme: dark)');
const systemContrast = media('(prefers-contrast: more)');
const systemReduced = media('(prefers-reduced-motion: reduce)');

/** Whether the window is dark now, by the person's choice or the system's. */
export const useIsDark = create<boolean>(() => false);

/** Keeps the look of the page in step with the settings and the system, from boot on. */
export function followLook(): void {
  const apply = () => applyLook(useSettings.getState());
  useSettings.subscribe(apply);
  for (const system of [systemDark, systemContrast, systemReduced]) system?.addEventListener('change', apply);
  apply();
}

/** Whether less motion is asked for, by the person or the system. */
export function isMotionReduced(): boolean {
  return useSettings.getState().motion === 'reduced' || (systemReduced?.matches ?? false);
}

function applyLook({ theme, textSize, density, motion, numbers }: Settings): void {
  setNumberStyle(numbers);
  const root = document.documentElement;
  const isContrast = theme === 'contrast' || (theme === 'system' && (systemContrast?.matches ?? false));
  const isDark = theme === 'dark' || (theme !== 'light' && (systemDark?.matches ?? false));
  root.dataset['theme'] = isContrast ? 'contrast' : isDark ? 'dark' : 'light';
  root.classList.toggle('dark', isDark);
  useIsDark.setState(isDark, true);
  root.style.fontSize = textSize === '100%' ? '' : textSize;
  root.dataset['density'] = density;
  root.dataset['motion'] = isMotionReduced() ? 'reduced' : 'full';
  localStorage.setItem(LOOK, JSON.stringify({ theme, textSize, density, motion }));
}
