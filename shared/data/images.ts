/** Images of one size in [0, 1], height × width × channels each, wherever they lie in a memory that may hold others. */
export interface Images {
  readonly pixels: Float32Array;
  /** Elements of one image. */
  readonly size: number;
  /** Which image of `pixels` each one is. */
  readonly at: Int32Array;
}

/** All images of a memory, in their order. */
export function allImages(pixels: Float32Array, size: number): Images {
  return { pixels, size, at: Int32Array.from({ length: Math.floor(pixels.length / size) }, (_, index) => index) };
}

/** The elements of one of them; shares the memory. */
export function imageOf({ pixels, size, at }: Images, index: number): Float32Array {
  const place = at[index] ?? 0;
  return pixels.subarray(place * size, (place + 1) * size);
}

/** Gives memory of so many elements, whatever is in it. */
export type Memory = (length: number) => Float32Array;

const newMemory: Memory = (length) => new Float32Array(length);

/** The images one after the other: the very memory where they lie so, else a copy. */
export function inARow(images: Images, memory: Memory = newMemory): Float32Array {
  const { pixels, size, at } = images;
  const [first = 0] = at;
  if (at.every((place, index) => place === first + index)) return pixels.subarray(first * size, (first + at.length) * size);
  const row = memory(at.length * size);
  at.forEach((_, index) => row.set(imageOf(images, index), index * size));
  return row;
}
