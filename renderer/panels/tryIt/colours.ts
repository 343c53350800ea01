/** How raw values become colours: dark for the least to light for the most. */
export type ColourMap = 'viridis' | 'grey';

/** Nine stops of matplotlib's viridis (CC0), evenly spaced. */
const VIRIDIS: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

const tables: Readonly<Record<ColourMap, Uint8ClampedArray>> = {
  viridis: table(VIRIDIS),
  grey: table([
    [0, 0, 0],
    [255, 255, 255],
  ]),
};

/** Writes values as opaque RGBA pixels, `minimum` … `maximum` over the whole map; a flat range takes the lowest colour. */
export function colourPixels(values: Float32Array, minimum: number, maximum: number, map: ColourMap, rgba: Uint8ClampedArray): void {
  const colours = tables[map];
  const scale = maximum > minimum ? 255 / (maximum - minimum) : 0;
  for (let index = 0; index < values.length; index++) {
    const level = Math.min(255, Math.max(0, Math.round(((values[index] as number) - minimum) * scale))) || 0;
    rgba.set(colours.subarray(level * 4, level * 4 + 4), index * 4);
  }
}

/** The map as a CSS gradient from left to right, for a legend. */
export function cssGradient(map: ColourMap): string {
  const stops = map === 'grey' ? ['#000', '#fff'] : VIRIDIS.map(([red, green, blue]) => `rgb(${red} ${green} ${blue})`);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

function table(stops: readonly (readonly [number, number, number])[]): Uint8ClampedArray {
  const colours = new Uint8ClampedArray(256 * 4);
  for (let level = 0; level < 256; level++) {
    const place = (level / 255) * (stops.length - 1);
    const below = stops[Math.floor(place)] as readonly [number, number, number];
    const above = stops[Math.ceil(place)] as readonly [number, number, number];
    const mixed = below.map((value, channel) => value + ((above[channel] as number) - value) * (place % 1));
    colours.set([...mixed, 255], level * 4);
  }
  return colours;
}
