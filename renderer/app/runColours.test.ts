import { describe, expect, it } from 'vitest';
import css from './colors.css?raw';
import { RUN_COLOURS } from '../state/comparedRuns';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** How people see linear RGB who lack one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHT: Readonly<Record<string, Matrix>> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** From linear RGB to OKLab, where distances are as people see them: Ottosson 2020. */
const CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

const times = (matrix: Matrix, [x, y, z]: Triple) => matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;
const each = (values: Triple, of: (value: number) => number) => values.map(of) as unknown as Triple;
const inGamut = (value: number) => Math.min(1, Math.max(0, value));
const linear = (hex: string): Triple => {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return each([channel(1), channel(3), channel(5)], (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
};
const luminance = (hex: string) => linear(hex).reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] as number), 0);
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};
const seen = (hex: string, sight: Matrix) => times(LAB, each(times(CONES, each(times(sight, linear(hex)), inGamut)), Math.cbrt));

/** A theme's colours of runs in their order. */
function coloursOf(theme: 'light' | 'dark'): readonly string[] {
  const block = css.slice(theme === 'light' ? css.indexOf(':root {') : css.indexOf('\n:where(html).dark {'));
  return Array.from({ length: RUN_COLOURS }, (_, index) => new RegExp(`--run-${index + 1}: (#[0-9a-f]{6});`).exec(block)?.[1] as string);
}

/** Radix's gray-1, the canvas. */
const themes = [
  { theme: 'light', ground: '#fcfcfc' },
  { theme: 'dark', ground: '#111111' },
] as const;

describe.each(themes)('colours of runs in the $theme theme', ({ theme, ground }) => {
  it('are apart from each other for everyone: about four times what can just be told', () => {
    for (const [name, sight] of Object.entries(SIGHT)) {
      const colours = coloursOf(theme).map((hex) => [hex, seen(hex, sight)] as const);
      for (const [first, a] of colours)
        for (const [second, b] of colours)
          if (first < second)
            expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${first} ${second} ${name}`).toBeGreaterThan(0.085);
    }
  });

  it('have the contrast that WCAG asks of graphics', () => {
    for (const hex of coloursOf(theme)) expect(contrast(hex, ground), hex).toBeGreaterThan(3);
  });
});
