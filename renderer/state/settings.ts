import { create } from 'zustand';
import type { EngineName, Settings } from '../../shared/rpc/contract';
import { host } from '../host/client';

export interface SettingsState {
  readonly theme: Settings['theme'];
  /** The engine that the person chose; null: the best there is. */
  readonly engine: EngineName | null;
  /** Sizes of panels and what is folded, by name. */
  readonly layout: Readonly<Record<string, unknown>>;
  readonly wires: Settings['wires'];
  /** The window is drawn once its layout is known. */
  readonly isLoaded: boolean;

  /** Applies at once and tells the host, which keeps it. */
  change(settings: Partial<Settings>): void;
  load(): Promise<void>;
}

export const useSettings = create<SettingsState>((set) => ({
  theme: rememberedTheme(),
  engine: null,
  layout: {},
  wires: 'plain',
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

const THEME = 'theme';

/** The theme of the last time, so that the window does not flash in another one before the host has answered. */
function rememberedTheme(): Settings['theme'] {
  const theme = typeof localStorage === 'undefined' ? null : localStorage.getItem(THEME);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

const systemDark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;

/** Keeps the theme of the page in step with the setting and the system, from boot on. */
export function followTheme(): void {
  const apply = () => applyTheme(useSettings.getState().theme);
  useSettings.subscribe(apply);
  systemDark?.addEventListener('change', apply);
  apply();
}

/** `light` or `dark`, for what must know it in numbers (charts). */
export function shownTheme(theme: Settings['theme']): 'light' | 'dark' {
  return theme === 'system' ? (systemDark?.matches ? 'dark' : 'light') : theme;
}

function applyTheme(theme: Settings['theme']): void {
  const shown = shownTheme(theme);
  const root = document.documentElement;
  root.dataset['theme'] = shown;
  root.classList.toggle('dark', shown === 'dark');
  localStorage.setItem(THEME, theme);
}
