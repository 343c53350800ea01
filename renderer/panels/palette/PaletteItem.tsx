import { Trash2 } from 'lucide-react';
import type { DragEvent, MouseEvent } from 'react';
import { findLayer } from '../../../shared/layers/index';
import { addableToText, addLayer, LAYER_MIME } from '../../commands/addLayer';
import { forgetOwnBlock } from '../../commands/ownBlocks';
import type { AddableEntry } from '../../commands/search';
import { returnToCanvas } from '../../commands/walking';
import type { OwnBlock } from '../../state/ownBlocks';
import { HoverCard } from '../../ui/HoverCard';
import { KindTile } from '../../ui/Icon';
import { Humps } from '../../ui/Humps';
import { IconButton } from '../../ui/IconButton';
import { LayerDocs } from '../inspector/LayerDocs';

/** One layer: a press adds it and wires it to the selection, a drag puts it where it is dropped. */
export function PaletteItem({ entry }: { readonly entry: AddableEntry }) {
  const layer = 'layer' in entry.addable ? findLayer(entry.addable.layer) : undefined;
  function onDragStart(event: DragEvent) {
    event.dataTransfer.setData(LAYER_MIME, addableToText(entry.addable));
    event.dataTransfer.setData('text/plain', entry.name);
    event.dataTransfer.effectAllowed = 'copy';
  }
  function add({ detail }: MouseEvent) {
    addLayer(entry.addable);
    // By the mouse, keys then mean what is on the canvas; by the keyboard one stays in the list.
    if (detail > 0) returnToCanvas();
  }
  return (
    <li className="group/item relative">
      <HoverCard card={layer ? <LayerDocs layer={layer} /> : <BlockNote entry={entry} />} side="right">
        <button
          type="button"
          draggable
          onDragStart={onDragStart}
          onClick={add}
          className="flex min-h-7 w-full items-center gap-2.5 rounded-md px-1.5 text-left text-ink hover:bg-hover active:bg-pressed"
        >
          <KindTile icon={entry.icon} kind={entry.kind} />
          <span className="min-w-0 wrap-anywhere">
            <Humps text={entry.name} />
          </span>
        </button>
      </HoverCard>
      {entry.own && <Forget own={entry.own} />}
    </li>
  );
}

function Forget({ own }: { readonly own: OwnBlock }) {
  return (
    <IconButton
      label={`Remove ${own.block.name} from my library`}
      icon={<Trash2 size="0.875rem" aria-hidden />}
      onClick={() => forgetOwnBlock(own)}
      className="absolute top-0 right-0 opacity-0 group-hover/item:opacity-100 focus-visible:opacity-100"
    />
  );
}

function BlockNote({ entry }: { readonly entry: AddableEntry }) {
  return (
    <div className="flex max-w-64 flex-col gap-1">
      <p className="font-semibold">{entry.name}</p>
      <p className="text-secondary">{entry.summary}</p>
    </div>
  );
}
