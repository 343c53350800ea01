import { useState } from 'react';
import { Canvas } from '../canvas/Canvas';
import { runCommand } from '../commands/commands';
import { Welcome } from '../panels/welcome/Welcome';
import { useDocument } from '../state/document';
import { Breadcrumbs } from './Breadcrumbs';

/** The canvas, where one is in it, and on an empty start what can be done. */
export function CanvasArea() {
  const isEmptyStart = useDocument(
    ({ document, file, isDirty, canUndo }) => file === null && !isDirty && !canUndo && Object.keys(document.graph.nodes).length === 0,
  );
  const documentId = useDocument((state) => state.document.id);
  /** The empty document on which the person chose to draw. */
  const [drawing, setDrawing] = useState<string | null>(null);
  function draw() {
    setDrawing(documentId);
    runCommand('graph.addLayer');
  }
  return (
    <main className="relative h-full overflow-hidden">
      <div data-region="canvas" className="absolute inset-0">
        <Canvas />
      </div>
      <Breadcrumbs />
      {isEmptyStart && drawing !== documentId && <Welcome onDraw={draw} />}
    </main>
  );
}
