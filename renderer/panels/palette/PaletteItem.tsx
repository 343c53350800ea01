import type { DragEvent } from 'react';
import { addableToText, addLayer, LAYER_MIME } from '../../commands/addLayer';
import type { AddableEntry } from '../../commands/search';
import { KindTile } from '../../ui/Icon';
import { Tooltip } from '../../ui/Tooltip';

/** One layer: a press adds it and wires it to the selection, a drag puts it where it is dropped. */
export function PaletteItem({ entry }: { readonly entry: AddableEntry }) {
  function onDragStart(event: DragEvent) {
    event.dataTransfer.setData(LAYER_MIME, addableToText(entry.addable));
    event.dataTransfer.setData('text/plain', entry.name);
    event.dataTransfer.effectAllowed = 'copy';
  }
  return (
    <li>
      <Tooltip label={entry.name} hint={entry.summary} side="right">
        <button
          type="button"
          draggable
          onDragStart={onDragStart}
          onClick={() => addLayer(entry.addable)}
          className="flex h-7 w-full items-center gap-2.5 rounded-md px-1.5 text-left text-ink hover:bg-hover active:bg-pressed"
        >
          <KindTile icon={entry.icon} kind={entry.kind} />
          <span className="truncate">{entry.name}</span>
        </button>
      </Tooltip>
    </li>
  );
}
