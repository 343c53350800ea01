import { useEffect, useRef, useState } from 'react';
import type { Activation } from '../../../shared/rpc/contract';
import { useSession } from '../../state/session';
import { Segments } from '../runs/Segments';
import { colourPixels, cssGradient, type ColourMap } from './colours';
import { tileLayout, tileOrigin, type TileLayout } from './tileLayout';

const maps = [
  { value: 'viridis', label: 'Colour' },
  { value: 'grey', label: 'Grey' },
] as const;

/** CSS pixels in which the tiles of one layer stand. */
const ROOM = 220;

/** What each layer made of the image: its channels as small pictures, each layer on its own scale. */
export function Activations({ activations }: { readonly activations: readonly Activation[] }) {
  const [map, setMap] = useState<ColourMap>('viridis');
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-center justify-between gap-2 pb-1.5">
        <h3 className="truncate text-sm text-secondary">Activations of {activations.length} layers, each on its own scale</h3>
        <Segments label="Colours" value={map} options={maps} onChange={setMap} />
      </div>
      {/* A region that scrolls must be reachable by keyboard. */}
      <div tabIndex={0} role="region" aria-label="Activations" className="min-h-0 flex-1 overflow-y-auto">
        <ul className="m-0 grid list-none grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-x-4 gap-y-2.5 p-0">
          {activations.map((activation) => (
            <LayerTiles key={activation.path} activation={activation} map={map} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function LayerTiles({ activation, map }: { readonly activation: Activation; readonly map: ColourMap }) {
  const { path, name, shape, minimum, maximum } = activation;
  return (
    <li className="min-w-0">
      <div className="mb-0.5 flex items-baseline gap-2">
        <button
          type="button"
          title={`Show ${name} in the network`}
          className="min-w-0 truncate rounded-sm text-left font-medium text-ink hover:text-accent-text hover:underline"
          onClick={() => useSession.getState().reveal(path)}
        >
          {name}
        </button>
        <span className="font-mono text-xs text-secondary">{shape.join('×')}</span>
      </div>
      <TileCanvas activation={activation} map={map} />
      <p className="mt-0.5 flex items-center gap-1.5 font-mono text-xs text-secondary">
        {valueWords(minimum)}
        <span aria-hidden className="h-1.5 w-12 rounded-full" style={{ background: cssGradient(map) }} />
        {valueWords(maximum)}
      </p>
    </li>
  );
}

function TileCanvas({ activation, map }: { readonly activation: Activation; readonly map: ColourMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { channels, height, width, shape, minimum, maximum, name } = activation;
  const layout = tileLayout({ channels, height, width }, ROOM);
  useEffect(
    () => drawTiles(canvas.current, activation, tileLayout({ channels, height, width }, ROOM), map),
    [activation, channels, height, width, map],
  );
  const more = (shape.at(-1) ?? 0) - channels;
  return (
    <>
      <canvas
        ref={canvas}
        width={layout.width}
        height={layout.height}
        role="img"
        aria-label={`${name}: ${channels === 1 ? 'values' : `${channels} channels of ${height}×${width}`}, from ${valueWords(minimum)} to ${valueWords(maximum)}`}
        className={layout.cell >= 1 ? '[image-rendering:pixelated]' : ''}
        style={{ width: layout.width * layout.cell, height: layout.height * layout.cell }}
      />
      {shape.length > 1 && more > 0 && <p className="text-xs text-secondary">and {more} channels more</p>}
    </>
  );
}

function drawTiles(canvas: HTMLCanvasElement | null, { tiles, minimum, maximum }: Activation, layout: TileLayout, map: ColourMap): void {
  const context = canvas?.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, layout.width, layout.height);
  const { tileHeight, tileWidth } = layout;
  const size = tileHeight * tileWidth;
  const image = context.createImageData(tileWidth, tileHeight);
  for (let index = 0; (index + 1) * size <= tiles.length; index++) {
    colourPixels(tiles.subarray(index * size, (index + 1) * size), minimum, maximum, map, image.data);
    const { x, y } = tileOrigin(layout, index);
    context.putImageData(image, x, y);
  }
}

function valueWords(value: number): string {
  return value === 0
    ? '0'
    : Math.abs(value) < 0.001 || Math.abs(value) >= 10_000
      ? value.toExponential(1)
      : String(Number(value.toPrecision(3)));
}
