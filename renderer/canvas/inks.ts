import { useEffect, useState, type RefObject } from 'react';
import { kindTitles, type Kind } from '../../shared/picture/face';
import { RIBBON_TONES } from '../../shared/picture/ribbons';

/** The colours of a kind: a tinted ground, and solid. */
interface KindInks {
  readonly ground: string;
  readonly solid: string;
  /** Of the tile with its icon, and of the icon. */
  readonly tile: string;
  readonly glyph: string;
}

/** The theme's colours, as a `<canvas>` takes them; the same variables that the styles of elements use. */
export interface Inks {
  readonly kinds: Readonly<Record<Kind, KindInks>>;
  readonly canvas: string;
  readonly surface: string;
  readonly raised: string;
  readonly border: string;
  readonly line: string;
  readonly text: string;
  readonly secondary: string;
  readonly errorText: string;
  readonly warningText: string;
  readonly wire: string;
  readonly accent: string;
  readonly error: string;
  readonly errorSoft: string;
  readonly warning: string;
  readonly heat: string;
  readonly heatLine: string;
  readonly main: string;
  readonly shortcut: string;
  readonly ribbons: readonly string[];
  readonly font: string;
  readonly mono: string;
}

/** The colours of the theme that is on; another object when it changes. */
export function useInks(container: RefObject<HTMLElement | null>): Inks | undefined {
  const [inks, setInks] = useState<Inks>();
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const read = () => setInks(inksIn(element));
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
    return () => observer.disconnect();
  }, [container]);
  return inks;
}

function inksIn(element: HTMLElement): Inks {
  const style = getComputedStyle(element);
  const ink = (name: string) => style.getPropertyValue(name).trim();
  return {
    kinds: kindInks(),
    canvas: ink('--canvas'),
    surface: ink('--surface'),
    raised: ink('--surface-raised'),
    border: ink('--border-strong'),
    line: ink('--border'),
    text: ink('--text'),
    secondary: ink('--text-secondary'),
    errorText: ink('--error-text'),
    warningText: ink('--warning-text'),
    wire: ink('--wire') || ink('--text-disabled'),
    accent: ink('--accent'),
    error: ink('--error'),
    errorSoft: ink('--error-soft'),
    warning: ink('--warning'),
    heat: ink('--heat-hot'),
    heatLine: ink('--heat-line'),
    main: ink('--main-path'),
    shortcut: ink('--shortcut-path'),
    ribbons: RIBBON_TONES.map((tone) => ink(`--ribbon-${tone}`)),
    font: ink('--font-sans'),
    mono: ink('--font-mono'),
  };
}

function kindInks(): Inks['kinds'] {
  // Outside of the canvas, where tiles have no icons when they are far off.
  const probe = document.body.appendChild(document.createElement('span'));
  probe.className = 'kind-tile bg-kind-3 text-kind-11';
  const style = getComputedStyle(probe);
  const read = (kind: string): KindInks => {
    probe.dataset['kind'] = kind;
    return {
      ground: style.getPropertyValue('--kind-3'),
      solid: style.getPropertyValue('--kind-9'),
      tile: style.backgroundColor,
      glyph: style.color,
    };
  };
  const inks = Object.fromEntries(Object.keys(kindTitles).map((kind) => [kind, read(kind)]));
  probe.remove();
  return inks as Inks['kinds'];
}
