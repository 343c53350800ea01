import { ImageUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IMAGE_TYPES } from '../../../shared/data/imageFile';
import { lookAtFile, useOwnImage, type OwnImage } from '../../state/ownImage';
import { Button } from '../../ui/Button';
import { FailureNote } from '../runs/FailureNote';

/** Physical pixels of the longer side of a preview. */
const PREVIEW = 292;

/** An image file of one's own: chosen here, or dropped on the window. */
export function OwnFile() {
  const image = useOwnImage((state) => state.image);
  const chooser = useRef<HTMLInputElement>(null);
  const [failure, setFailure] = useState<string | null>(null);

  function look(file: File | undefined): void {
    setFailure(null);
    if (file) lookAtFile(file).catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
  }

  return (
    <div className="flex min-h-0 flex-col items-start gap-2">
      {image ? (
        <Preview image={image} />
      ) : (
        <p className="text-sm text-secondary">An image from outside the data: choose a file, or drop it on the window.</p>
      )}
      <Button icon={<ImageUp size="0.875rem" aria-hidden />} onClick={() => chooser.current?.click()}>
        {image ? 'Another file…' : 'Choose a file…'}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept={IMAGE_TYPES.join()}
        aria-label="Image file"
        className="hidden"
        onChange={(event) => {
          look(event.target.files?.[0]);
          // The same file again is a choice, too: it may have been changed.
          event.target.value = '';
        }}
      />
      <FailureNote message={failure} />
    </div>
  );
}

/** Drawn from the bytes that the network is given, so that no address of them is needed. */
function Preview({ image }: { readonly image: OwnImage }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isCurrent = true;
    void createImageBitmap(new Blob([image.bytes])).then(
      (picture) => {
        if (isCurrent) draw(canvas.current, picture);
        picture.close();
      },
      // What it is not, the answer says.
      () => draw(canvas.current, null),
    );
    return () => void (isCurrent = false);
  }, [image]);
  return (
    <figure className="m-0 flex max-w-full flex-col gap-1">
      <canvas ref={canvas} role="img" aria-label={image.name} className="max-h-33 max-w-33 rounded-sm" />
      <figcaption className="truncate text-xs text-secondary" title={image.name}>
        {image.name}
      </figcaption>
    </figure>
  );
}

function draw(canvas: HTMLCanvasElement | null, picture: ImageBitmap | null): void {
  if (!canvas) return;
  const scale = picture ? Math.min(1, PREVIEW / Math.max(picture.width, picture.height)) : 0;
  canvas.width = Math.max(1, Math.round((picture?.width ?? 0) * scale));
  canvas.height = Math.max(1, Math.round((picture?.height ?? 0) * scale));
  if (picture) canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
}
