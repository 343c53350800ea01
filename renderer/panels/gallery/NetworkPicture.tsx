import type { SkipDocument } from '../../../shared/document/document';
import { faceOf } from '../../../shared/picture/face';

const BOX = { width: 152, height: 64 } as const;
const MARGIN = 40;

/** A network as one sees it from far: its layers by colour of their kind, and its wires. */
export function NetworkPicture({ document }: { readonly document: SkipDocument }) {
  const nodes = Object.values(document.graph.nodes);
  if (nodes.length === 0) return null;
  const xs = nodes.map(({ position }) => position.x);
  const ys = nodes.map(({ position }) => position.y);
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const width = Math.max(...xs) + BOX.width + MARGIN - left;
  const height = Math.max(...ys) + BOX.height + MARGIN - top;
  return (
    <svg
      viewBox={`${left} ${top} ${width} ${height}`}
      role="img"
      aria-label={`Picture of the network: ${nodes.length} layers and blocks`}
      className="h-40 w-full rounded-lg border border-line bg-canvas"
    >
      {Object.values(document.graph.edges).map(({ id, from, to }) => {
        const [a, b] = [document.graph.nodes[from.node], document.graph.nodes[to.node]];
        return a && b && <path key={id} d={wire(a.position, b.position)} fill="none" className="stroke-line-strong" strokeWidth="6" />;
      })}
      {nodes.map((node) => (
        <rect
          key={node.id}
          x={node.position.x}
          y={node.position.y}
          {...BOX}
          rx="14"
          data-kind={faceOf(node, document).kind}
          className="fill-kind-9"
        />
      ))}
    </svg>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** From the right side of a layer to the left side of the next; back to the next line below it. */
function wire(a: Point, b: Point): string {
  const from = { x: a.x + BOX.width, y: a.y + BOX.height / 2 };
  const to = { x: b.x, y: b.y + BOX.height / 2 };
  const bend = Math.max(60, Math.abs(to.x - from.x) / 3);
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}
