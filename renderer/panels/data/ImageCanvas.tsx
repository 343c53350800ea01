import { useEffect, useRef } from 'react';

interface ImageCanvasProps {
  /** Row by row, channels last, in [0, 1]; one channel is grey, three are colours. */
  readonly pixels: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** What it shows, for those who do not see it; empty where words beside it say it. */
  readonly label: string;
  readonly className?: string;
}

/** An image of a data set with hard pixels, as large as its box. */
export function ImageCanvas({ pixels, height, width, channels, label, className = '' }: ImageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    writePixels(pixels, channels, image.data);
    context.putImageData(image, 0, 0);
  }, [pixels, height, width, channels]);
  const name = label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={canvas} width={width} height={height} {...name} className={`[image-rendering:pixelated] ${className}`} />;
}

function writePixels(pixels: Float32Array, channels: number, rgba: Uint8ClampedArray): void {
  for (let pixel = 0; pixel * 4 < rgba.length; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      const value = pixels[pixel * channels + (channels >= 3 ? colour : 0)] ?? 0;
      rgba[pixel * 4 + colour] = value * 255;
    }
    rgba[pixel * 4 + 3] = 255;
  }
}
