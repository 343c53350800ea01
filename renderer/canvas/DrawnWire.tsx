import type { ConnectionLineComponentProps } from '@xyflow/react';
import { wirePath } from '../../shared/picture/wirePath';
import { showing } from './showing';

/** A wire on its way: it runs as it will run. */
export function DrawnWire({ fromX, fromY, toX, toY, fromHandle, connectionStatus }: ConnectionLineComponentProps) {
  const [from, to] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ];
  const { d } = fromHandle.type === 'source' ? wirePath(from, to, showing.scene) : wirePath(to, from, showing.scene);
  return <path d={d} className="react-flow__connection-path" data-refused={connectionStatus === 'invalid' || undefined} />;
}
