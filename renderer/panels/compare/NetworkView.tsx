import { memo, useEffect, useRef, type PointerEvent, type ReactNode } from 'react';
import type { NodeId } from '../../../shared/graph/graph';
import type { Scene, SceneNode, SceneWire } from '../../../shared/picture/scene';
import type { LayerChangeKind } from '../../../shared/diff/designDiff';
import { textThatFits } from '../../../shared/picture/text';
import { LABEL_HEIGHT } from '../../../shared/picture/labelPlace';
import { SIGNS } from './changes';
import './compare.css';

/** Where a view looks: the graph's point in its middle, and how large a pixel of the graph is. */
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

interface NetworkViewProps {
  readonly label: string;
  readonly scene: Scene;
  readonly marks: ReadonlyMap<NodeId, LayerChangeKind>;
  readonly wireMarks: ReadonlySet<string>;
  readonly chosen: NodeId | undefined;
  readonly look: Look;
  readonly onPan: (dx: number, dy: number) => void;
  /** `factor` above 1 comes nearer; what is at this distance from the middle stays there. */
  readonly onZoom: (factor: number, dx: number, dy: number) => void;
  readonly onChoose: (node: NodeId) => void;
  readonly onSize: (width: number, height: number) => void;
}

/** The layer that was pressed, and where, in pixels of the window. */
interface Pressed {
  readonly node: NodeId | undefined;
  readonly x: number;
  readonly y: number;
}

/** A press that moves less than these pixels is no drag. */
const STILL = 4;

function nodeAt(target: EventTarget): NodeId | undefined {
  return (target instanceof Element && target.closest('[data-node]')?.getAttribute('data-node')) || undefined;
}

/** A graph to look at: drag or wheel pans, wheel with Ctrl zooms, arrows and + and − do both. Nothing in it can be edited. */
export function NetworkView(props: NetworkViewProps) {
  const { label, scene, marks, wireMarks, chosen, look, onChoose } = props;
  const frame = useRef<SVGSVGElement>(null);
  const pressed = useRef<Pressed>({ node: undefined, x: 0, y: 0 });
  useWheel(frame, props);
  useSize(frame, props.onSize);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointer and keyboard move what it shows
    <svg
      ref={frame}
      role="application"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard pans and zooms it
      tabIndex={0}
      className="network-view size-full cursor-grab touch-none bg-canvas outline-none active:cursor-grabbing"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        pressed.current = { node: nodeAt(event.target), x: event.clientX, y: event.clientY };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => drag(event, props.onPan)}
      onKeyDown={(event) => {
        if (steer(event.key, props)) event.preventDefault();
      }}
      onClick={({ clientX, clientY }) => {
        // The pointer is captured: the click tells of the picture, not of what was pressed; and a drag chooses nothing.
        const { node, x, y } = pressed.current;
        if (node && Math.hypot(clientX - x, clientY - y) < STILL) onChoose(node);
      }}
    >
      <Middle>
        <g transform={`scale(${look.zoom}) translate(${-look.x} ${-look.y})`}>
          <Drawn scene={scene} marks={marks} wireMarks={wireMarks} chosen={chosen} />
        </g>
      </Middle>
    </svg>
  );
}

/** Puts the origin into the middle of the view, whatever its size. */
function Middle({ children }: { readonly children: ReactNode }) {
  return (
    <svg x="50%" y="50%" overflow="visible">
      {children}
    </svg>
  );
}

type DrawnProps = Pick<NetworkViewProps, 'scene' | 'marks' | 'wireMarks' | 'chosen'>;

/** Drawn anew only when something of it changed, not while it is moved about. */
const Drawn = memo(function Drawn({ scene, marks, wireMarks, chosen }: DrawnProps) {
  return (
    <>
      {scene.annotations.map(({ id, kind, position, size, ...rest }) => (
        <g key={id} className="view-annotation" data-kind={kind} transform={`translate(${position.x},${position.y})`}>
          <rect width={size.width} height={size.height} rx={10} />
          {'title' in rest && (
            <text x={10} y={18}>
              {textThatFits(rest.title, size.width - 20, 12)}
            </text>
          )}
        </g>
      ))}
      {scene.wires.map((wire) => (
        <Wire key={wire.id} wire={wire} isMarked={wireMarks.has(wire.id)} />
      ))}
      {scene.nodes.map((node) => (
        <Layer key={node.id} node={node} mark={marks.get(node.id)} isChosen={node.id === chosen} />
      ))}
    </>
  );
});

function Wire({ wire: { d, shape, label }, isMarked }: { readonly wire: SceneWire; readonly isMarked: boolean }) {
  return (
    <g className="view-wire" data-marked={isMarked || undefined} data-unknown={shape === '' || undefined}>
      <path d={d} />
      {label && (
        <g transform={`translate(${label.x},${label.y})`}>
          <rect x={-label.width / 2} y={-LABEL_HEIGHT / 2} width={label.width} height={LABEL_HEIGHT} rx={4} />
          <text y={3.5}>{shape}</text>
        </g>
      )}
    </g>
  );
}

/** Beside the colour, so that it is not the only sign. */
function Layer({
  node,
  mark,
  isChosen,
}: {
  readonly node: SceneNode;
  readonly mark: LayerChangeKind | undefined;
  readonly isChosen: boolean;
}) {
  const { id, x, y, width, height, kind, name, summary, isBlock, hasError } = node;
  return (
    <g
      className="view-layer"
      data-node={id}
      data-kind={kind}
      data-mark={mark}
      data-chosen={isChosen || undefined}
      data-error={hasError || undefined}
      transform={`translate(${x},${y})`}
    >
      {isBlock && <rect className="view-stack" x={5} y={5} width={width - 10} height={height} rx={10} />}
      <rect className="view-box" width={width} height={height} rx={10} />
      <rect className="view-tile" x={10} y={height / 2 - 14} width={6} height={28} rx={3} />
      <text className="view-name" x={26} y={height / 2 - 4}>
        {textThatFits(name, width - 36, 12)}
      </text>
      <text className="view-summary" x={26} y={height / 2 + 13}>
        {textThatFits(summary, width - 34, 10.5, 'mono')}
      </text>
      {mark && (
        <g className="view-mark" transform={`translate(${width - 4},3)`}>
          <circle r={10} />
          <text y={4.5}>{SIGNS[mark]}</text>
        </g>
      )}
    </g>
  );
}

function drag({ buttons, movementX, movementY }: PointerEvent, onPan: NetworkViewProps['onPan']): void {
  if (buttons & 1) onPan(-movementX, -movementY);
}

const STEP = 60;

function steer(key: string, { onPan, onZoom }: NetworkViewProps): boolean {
  const pans: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-STEP, 0],
    ArrowRight: [STEP, 0],
    ArrowUp: [0, -STEP],
    ArrowDown: [0, STEP],
  };
  const pan = pans[key];
  if (pan) onPan(...pan);
  else if (key === '+' || key === '=') onZoom(1.25, 0, 0);
  else if (key === '-') onZoom(0.8, 0, 0);
  else return false;
  return true;
}

/** Listens itself: the page must be able to keep the wheel from scrolling, which React's own listener cannot. */
function useWheel(frame: React.RefObject<SVGSVGElement | null>, { onPan, onZoom }: NetworkViewProps): void {
  useEffect(() => {
    const element = frame.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element?.getBoundingClientRect();
      if (!box) return;
      if (!event.ctrlKey && !event.metaKey) return onPan(event.deltaX, event.deltaY);
      const [dx, dy] = [event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2];
      onZoom(Math.exp(-event.deltaY / 300), dx, dy);
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [frame, onPan, onZoom]);
}

function useSize(frame: React.RefObject<SVGSVGElement | null>, onSize: NetworkViewProps['onSize']): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => onSize(element.clientWidth, element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, onSize]);
}
