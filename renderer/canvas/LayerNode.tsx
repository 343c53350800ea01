import { Handle, type NodeProps } from '@xyflow/react';
import { CircleX, Pin, TriangleAlert } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import type { FlowDirection } from '../../shared/graph/direction';
import type { NodePorts } from '../../shared/graph/ports';
import type { Position } from '../../shared/graph/graph';
import { summaryOf } from '../../shared/infer/analyzeLayer';
import { openRepairs } from '../commands/repairing';
import { wireToPort } from '../commands/wiring';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { spokenId, spokenResult } from '../state/spoken';
import { useShownAnalysis } from '../state/preview';
import { useSession } from '../state/session';
import { KindTile } from '../ui/Icon';
import type { LayerFlowNode } from './flowTypes';
import { portPlace, type NodePlace } from '../../shared/picture/geometry';
import { skipArcs } from '../../shared/picture/skipArcs';
import { PORT_SIDES } from './deriveNodes';
import { useGestures } from './gestures';
import { LayerActivity } from './LayerActivity';
import { LayerFan } from './LayerFan';
import { LayerHeat } from './LayerHeat';
import { NameField } from './NameField';
import { portNameAt } from './portNames';
import { inTwoWords } from './problemWords';

/** A layer on the canvas: icon of its kind, name, key parameters or what is wrong, ports. */
export const LayerNode = memo(function LayerNode({ id, data, selected }: NodeProps<LayerFlowNode>) {
  const { path, name, words, face, place, direction, isPlaced, tint, ghost } = data;
  // Read here and not from the node: a flag or a parameter then costs its own layer, and React Flow hears nothing of it.
  const problem = useShownAnalysis(({ nodes }) => nodes.get(path)?.problems[0]);
  const isBlocked = useShownAnalysis(({ nodes }) => nodes.get(path)?.blockedBy !== undefined);
  const summary = useShownAnalysis((analysis) => summaryAt(analysis, path)) ?? face.summary;
  const isRenaming = useSession((state) => state.renaming === id);
  const isWiring = useSession((state) => state.wiringFrom === id);
  return (
    <div
      className="layer"
      style={{ width: place.width, height: place.height }}
      data-kind={face.kind}
      data-selected={selected || undefined}
      data-problem={problem?.severity}
      data-blocked={isBlocked || undefined}
      data-tint={tint}
      data-ghost={ghost}
      data-wiring={isWiring || undefined}
    >
      <Words id={id} path={path} words={words} />
      {face.skips > 0 && (
        <svg className="layer-skips" aria-hidden>
          <path d={skipArcs(face.skips, place, direction)} />
        </svg>
      )}
      {isPlaced && <Pin className="layer-pin" size={10} strokeWidth={2.25} aria-hidden />}
      <LayerHeat path={path} />
      <KindTile icon={face.icon} kind={face.kind} size="medium" />
      <div className="layer-text">
        {isRenaming ? <NameField id={id} name={name} /> : <div className="layer-name">{name}</div>}
        <div className="layer-summary">{problem ? inTwoWords(problem) : summary}</div>
      </div>
      {problem && (
        <button
          type="button"
          tabIndex={-1}
          className="layer-badge nodrag nopan"
          title={problem.message}
          aria-label={`Repairs of ${name}`}
          onClick={(event) => {
            event.stopPropagation();
            openRepairs(problem.id);
          }}
        >
          {problem.severity === 'error' ? <CircleX size={13} strokeWidth={2.25} aria-hidden /> : <TriangleAlert size={12} aria-hidden />}
        </button>
      )}
      <LayerActivity path={path} />
      {face.kind === 'blocks' && <LayerFan id={id} path={path} name={name} />}
      {ghost && <span className="layer-ghost">{ghostWords[ghost]}</span>}
      <Ports node={id} place={place} side="inputs" direction={direction} />
      <Ports node={id} place={place} side="outputs" direction={direction} />
    </div>
  );
});

interface WordsProps {
  readonly id: string;
  readonly path: string;
  readonly words: string;
}

/** What a screen reader says of a layer; in an element of its own, so that another shape draws nothing else anew. */
const Words = memo(function Words({ id, path, words }: WordsProps) {
  // The words are made where they change, and not at every move of every layer.
  const known = useShownAnalysis(({ nodes }) => nodes.get(path));
  return (
    <span id={spokenId('layer', id)} hidden>
      {words + spokenResult(known)}
    </span>
  );
});

/** Beside the look of a previewed layer, so that colour is not the only sign. */
const ghostWords = { added: 'new', changed: 'changed', removed: 'goes' } as const;

/** The key parameters as they are now; undefined for blocks and their ends, which the expanded network does not have. */
function summaryAt(analysis: NetworkAnalysis, path: string): string | undefined {
  const node = analysis.flat.nodes.get(path);
  return node && summaryOf(node);
}

interface PortsProps {
  readonly node: string;
  readonly place: NodePlace;
  readonly side: keyof NodePorts;
  readonly direction: FlowDirection;
}

/**
 * Ports are small dots with a large area to hit; names show on hover, and always where there are several outputs. While
 * a wire is drawn, those that can take it light up. A click wires the port to the selected layer. Memoised: a flag or a shape
 * changes no port.
 */
const Ports = memo(function Ports({ node, place, side, direction }: PortsProps) {
  const type = side === 'outputs' ? 'source' : 'target';
  const takes = useGestures(({ drawing }) => {
    if (!drawing || drawing.node === node) return undefined;
    const isOtherEnd = drawing.side === (type === 'source' ? 'input' : 'output');
    return isOtherEnd && !drawing.refused.has(node) ? 'yes' : 'no';
  });
  const click = (event: MouseEvent<HTMLElement>) => {
    const port = event.currentTarget.dataset['handleid'];
    if (port && wireToPort(node, port, type === 'source' ? 'output' : 'input')) event.stopPropagation();
  };
  const ports = place.ports[side];
  return ports.map((port, index) => (
    <Handle
      key={port.id}
      id={port.id}
      type={type}
      position={PORT_SIDES[direction][side]}
      className={port.isSpare ? 'port port-spare' : 'port'}
      style={alongSide(portPlace(place, side, index, direction), direction)}
      data-takes={takes}
      onClick={click}
      tabIndex={-1}
      role="button"
      aria-label={`${type === 'source' ? 'Output' : 'Input'} ${port.name}`}
    >
      <span
        className="port-name"
        data-several={ports.length > 1 || undefined}
        data-row={rowOf(type, index, ports.length)}
        style={nameStyle(type, index, place, direction)}
      >
        {port.name}
      </span>
    </Handle>
  ));
});

/** React Flow knows the side; where on it is ours. */
function alongSide({ x, y }: Position, direction: FlowDirection) {
  return direction === 'right' ? { top: y } : { left: x };
}

/** Of several outputs the first and the last are labelled, always: their order means something. */
function rowOf(type: 'source' | 'target', index: number, count: number): 'first' | 'last' | undefined {
  if (type === 'target' || count < 2) return undefined;
  return index === 0 ? 'first' : index === count - 1 ? 'last' : undefined;
}

function nameStyle(type: 'source' | 'target', index: number, { ports, middles }: NodePlace, direction: FlowDirection) {
  const at = type === 'source' && direction === 'right' ? portNameAt(index, ports.outputs.length, middles?.outputs) : undefined;
  return at && { left: at.x, transform: `translateY(calc(-50% + ${at.y}px))` };
}
