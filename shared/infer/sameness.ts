import { samePlain } from '../graph/samePlain';
import type { TensorType } from '../graph/tensor';
import type { NodeAnalysis } from './analysis';

/** Whether the same types stand at the same ports: types of one chain of analyses are shared, so that equal ones are one object. */
export function sameTypes(a: Readonly<Record<string, TensorType>>, b: Readonly<Record<string, TensorType>>): boolean {
  if (a === b) return true;
  const ports = Object.keys(a);
  return ports.length === Object.keys(b).length && ports.every((port) => a[port] === b[port]);
}

/** Whether two analyses of a layer or block say the same. */
export function sameAnalysis(a: NodeAnalysis, b: NodeAnalysis): boolean {
  return (
    a.name === b.name &&
    a.copies === b.copies &&
    a.end === b.end &&
    a.blockedBy === b.blockedBy &&
    a.macs === b.macs &&
    a.parameters === b.parameters &&
    a.trainableParameters === b.trainableParameters &&
    sameTypes(a.inputs, b.inputs) &&
    sameTypes(a.outputs, b.outputs) &&
    samePlain(a.weights, b.weights) &&
    samePlain(a.problems, b.problems)
  );
}
