/** How a layer's channels are laid out in one picture: in cells of the picture, and how large a cell is on the screen. */
export interface TileLayout {
  readonly columns: number;
  readonly rows: number;
  /** Of one tile, in values. */
  readonly tileHeight: number;
  readonly tileWidth: number;
  /** Empty cells between tiles. */
  readonly gap: number;
  /** CSS pixels of one value. */
  readonly cell: number;
  /** Of the whole picture, in values. */
  readonly width: number;
  readonly height: number;
}

/** A tile is about this large on the screen; maps with more values than that are shown one pixel a value. */
const TILE = 26;
const LARGEST_TILE = 64;

/** Fits `count` tiles into a width of `room` CSS pixels. A vector is laid out as tiles of one value without gaps. */
export function tileLayout({ channels, height, width }: { channels: number; height: number; width: number }, room: number): TileLayout {
  const isVector = height === 1 && channels === 1;
  const count = isVector ? width : channels;
  const [tileHeight, tileWidth] = isVector ? [1, 1] : [height, width];
  const gap = isVector ? 0 : 1;
  const largest = Math.max(tileHeight, tileWidth);
  const cell = isVector ? 12 : largest > LARGEST_TILE ? LARGEST_TILE / largest : Math.max(1, Math.floor(TILE / largest));
  const columns = Math.max(1, Math.min(count, Math.floor((room / cell + gap) / (tileWidth + gap))));
  const rows = Math.max(1, Math.ceil(count / columns));
  return {
    columns,
    rows,
    tileHeight,
    tileWidth,
    gap,
    cell,
    width: columns * (tileWidth + gap) - gap,
    height: rows * (tileHeight + gap) - gap,
  };
}

/** Where the tile of a channel begins in the picture, in values. */
export function tileOrigin({ columns, tileHeight, tileWidth, gap }: TileLayout, index: number): { x: number; y: number } {
  return { x: (index % columns) * (tileWidth + gap), y: Math.floor(index / columns) * (tileHeight + gap) };
}
