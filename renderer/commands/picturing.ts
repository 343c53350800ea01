import type { SkipDocument } from '../../shared/document/document';
import { serializeDocument } from '../../shared/document/serialize';
import { kerasSummary } from '../../shared/export/keras/summary';
import type { NodeId } from '../../shared/graph/graph';
import { documentPicture } from '../../shared/picture/documentPicture';
import type { Picture } from '../../shared/picture/picture';
import { svgText } from '../../shared/picture/svg';
import { host } from '../host/client';
import { download } from '../host/download';
import { copyPng, pngOf } from '../host/pictureFile';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { useSettings } from '../state/settings';
import { copyAndTell } from './copying';
import { showFailure } from './failure';
import { shown } from './graphEdits';
import { fileName } from './saving';

export type PictureFormat = 'svg' | 'pdf' | 'png';

/** What shall be drawn of the graph that the canvas shows, and how. */
export interface PictureWish {
  readonly format: PictureFormat;
  readonly selectionOnly: boolean;
  readonly shapes: boolean;
  readonly ground: boolean;
  readonly ribbons: boolean;
  /** Pixels of a PNG for each of the canvas. */
  readonly scale: number;
}

interface Part {
  readonly document: SkipDocument;
  readonly block: string | undefined;
  readonly nodes: ReadonlySet<NodeId> | undefined;
}

function partOfWish(selectionOnly: boolean): Part {
  const { document, ref, selection } = shown();
  return { document, block: ref === 'network' ? undefined : ref.block, nodes: selectionOnly ? selection.nodes : undefined };
}

function titleNow(): string {
  return useDocument.getState().title.replace(/(\.skip)?\.json$/, '');
}

/** The picture of the graph on the canvas, or of what is selected on it. */
export function pictureNow({ selectionOnly, ...look }: Omit<PictureWish, 'format' | 'scale'>): Picture {
  const { document, block, nodes } = partOfWish(selectionOnly);
  const { analysis } = useDocument.getState();
  return documentPicture(document, analysis, { block, nodes }, { title: titleNow(), ...look });
}

/** Makes the file; the browser or the system asks where it goes. */
export async function exportPicture(wish: PictureWish): Promise<void> {
  try {
    download(await fileOf(wish), fileName(wish.format));
  } catch (error) {
    showFailure('The picture could not be made', error);
  }
}

async function fileOf(wish: PictureWish): Promise<Blob> {
  if (wish.format === 'svg') return new Blob([svgText(pictureNow(wish))], { type: 'image/svg+xml' });
  if (wish.format === 'png') return pngOf(pictureNow(wish), wish.scale);
  const { document, block, nodes } = partOfWish(wish.selectionOnly);
  const { bytes } = await host.call('picture.pdf', {
    document: serializeDocument(document),
    title: titleNow().slice(0, 255),
    block: block ?? null,
    nodes: nodes ? [...nodes] : null,
    shapes: wish.shapes,
    ribbons: wish.ribbons,
  });
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/pdf' });
}

/** The whole network as the table that Keras prints, on the clipboard. */
export async function copySummary(): Promise<void> {
  const name = titleNow().replaceAll(/[^A-Za-z0-9_]+/g, '_') || 'model';
  await copyAndTell(kerasSummary(useDocument.getState().analysis, name), 'Summary');
}

/** What is selected, or else all that the canvas shows, as a PNG on the clipboard. */
export async function copyPicture(): Promise<void> {
  const selectionOnly = shown().selection.nodes.size > 0;
  const { toast } = useSession.getState();
  try {
    await copyPng(
      pngOf(pictureNow({ selectionOnly, shapes: true, ground: true, ribbons: useSettings.getState().streams === 'ribbons' }), 2),
    );
    toast({ tone: 'success', message: selectionOnly ? 'Picture of the selection copied.' : 'Picture copied.' });
  } catch {
    toast({ tone: 'error', message: 'The clipboard refused the picture.', detail: 'File → Export picture… writes it to a file.' });
  }
}
