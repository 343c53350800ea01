import { useEffect, useRef, type PointerEvent } from 'react';
import type { PenPoint, Stroke } from './digit';

interface DrawingPadProps {
  readonly strokes: readonly Stroke[];
  readonly onDraw: (strokes: readonly Stroke[]) => void;
}

/** CSS pixels of the square and of the pen on it. */
const SIDE = 146;
const PEN = 13;

/** A square to draw on with mouse, finger or pen; the strokes are kept as ways, not as pixels. */
export function DrawingPad({ strokes, onDraw }: DrawingPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDown = useRef(false);
  useEffect(() => draw(canvas.current, strokes), [strokes]);

  function start(event: PointerEvent<HTMLCanvasElement>): void {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    isDown.current = true;
    onDraw([...strokes, [place(event.currentTarget, event)]]);
  }

  function move(event: PointerEvent<HTMLCanvasElement>): void {
    const last = strokes.at(-1);
    if (!isDown.current || !last) return;
    // Between two frames a pen sends many points; without them fast curves get corners.
    const events = event.nativeEvent.getCoalescedEvents();
    const points = (events.length > 0 ? events : [event.nativeEvent]).map((point) => place(event.currentTarget, point));
    onDraw([...strokes.slice(0, -1), [...last, ...points]]);
  }

  return (
    <canvas
      ref={canvas}
      width={SIDE * 2}
      height={SIDE * 2}
      role="img"
      aria-label="Drawing area: draw with the pointer. Without one, choose a test image."
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={() => (isDown.current = false)}
      onPointerCancel={() => (isDown.current = false)}
      style={{ width: SIDE, height: SIDE }}
      className="shrink-0 cursor-crosshair touch-none rounded-lg border border-line-strong bg-field"
    />
  );
}

function place(element: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }): PenPoint {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

function draw(canvas: HTMLCanvasElement | null, strokes: readonly Stroke[]): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.lineWidth = (PEN * canvas.width) / SIDE;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = getComputedStyle(canvas).color;
  for (const stroke of strokes) {
    context.beginPath();
    stroke.forEach(({ x, y }, index) => {
      const to = [x * canvas.width, y * canvas.height] as const;
      if (index === 0) context.moveTo(...to);
      context.lineTo(...to);
    });
    context.stroke();
  }
}
