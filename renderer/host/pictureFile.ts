import type { Picture } from '../../shared/picture/picture';
import { svgText } from '../../shared/picture/svg';

/** Pixels on a side, and in all, that every browser's canvas can hold. */
const LONGEST = 16_000;
const MOST = 120_000_000;

/** The picture in pixels, `scale` of them for each of the canvas; fewer where the browser could not hold as many. */
export async function pngOf(picture: Picture, scale: number): Promise<Blob> {
  const { width, height } = picture;
  const factor = Math.min(scale, LONGEST / Math.max(width, height), Math.sqrt(MOST / (width * height)));
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svgText(picture)], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * factor));
    canvas.height = Math.max(1, Math.round(height * factor));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error('The picture is too large for this browser. Export an SVG or a PDF.')),
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Puts a PNG on the clipboard; throws where that is not allowed. The promise is handed over as it is: the right to write ends with the key press. */
export async function copyPng(png: Promise<Blob>): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}
