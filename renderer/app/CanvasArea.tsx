import { useState } from 'react';
import { Canvas } from '../canvas/Canvas';
import { runCommand, useShortcut } from '../commands/commands';
import { FindBar } from '../panels/find/FindBar';
import { HeatLegend } from '../panels/heat/HeatLegend';
import { Welcome } from '../panels/welcome/Welcome';
import { useDocument } from '../state/document';
import { currentGraph } from '../state/location';
import { useSession } from '../state/session';
import { Kbd } from '../ui/Kbd';
import { Breadcrumbs } from './Breadcrumbs';

/** The canvas, where one is in it, and on an empty start what can be done. */
export function CanvasArea() {
  const isEmptyStart = useDocument(
    ({ document, file, isDirty, canUndo }) => file === null && !isDirty && !canUndo && Object.keys(document.graph.nodes).length === 0,
  );
  const location = useSession((state) => state.location);
  const isBlank = useDocument(({ document }) => Object.keys(currentGraph(document, location).graph.nodes).length === 0);
  const documentId = useDocument((state) => state.document.id);
  /** The empty document on which the person chose to draw. */
  const [drawing, setDrawing] = useState<string | null>(null);
  function draw() {
    setDrawing(documentId);
    runCommand('graph.addLayer');
  }
  const isWelcome = isEmptyStart && drawing !== documentId;
  return (
    <main data-area="Canvas" className="relative h-full overflow-hidden">
      <div data-region="canvas" inert={isWelcome} className="absolute inset-0">
        <Canvas />
      </div>
      <Breadcrumbs />
      <FindBar />
      <HeatLegend />
      {isWelcome ? <Welcome onDraw={draw} /> : isBlank && <BlankHint />}
    </main>
  );
}

/** What to do with an empty canvas. */
function BlankHint() {
  const shortcut = useShortcut('graph.addLayer');
  return (
    <p className="pointer-events-none absolute inset-0 flex items-center justify-center gap-1.5 text-secondary">
      Double-click,{' '}
      {shortcut && (
        <>
          or press <Kbd shortcut={shortcut} />,{' '}
        </>
      )}{' '}
      and type the name of a layer. Or drag one from the left.
    </p>
  );
}
