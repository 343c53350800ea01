import { create } from 'zustand';
import { MOST_IMAGE_BYTES } from '../../shared/data/imageFile';

/** A file of the person's own, to see what the network makes of it. */
export interface OwnImage {
  readonly kind: 'file';
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface OwnImageState {
  readonly image: OwnImage | null;
  /** Whether it is the one that is looked at, and not one that is drawn or of the data. */
  readonly isWanted: boolean;
}

/** The last file that was handed over; it stays until the window ends. */
export const useOwnImage = create<OwnImageState>(() => ({ image: null, isWanted: false }));

/** Whether a file calls itself an image; whether it is one that is read, its bytes tell. */
export function isImageFile({ type }: Pick<File, 'type'>): boolean {
  return type.startsWith('image/');
}

/** Looks at a file from now on. Throws where it cannot be read. */
export async function lookAtFile(file: File): Promise<void> {
  if (file.size > MOST_IMAGE_BYTES)
    throw new Error(`It has ${megabytes(file.size)} MB; at most ${megabytes(MOST_IMAGE_BYTES)} MB are read.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  useOwnImage.setState({ image: { kind: 'file', name: file.name.slice(0, 255), bytes }, isWanted: true });
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
