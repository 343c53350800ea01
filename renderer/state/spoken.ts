import { isExpression, type SkipDocument } from '../../shared/document/document';
import type { GraphNode, Params, ParamValue } from '../../shared/graph/graph';
import { formatShape, type TensorType } from '../../shared/graph/tensor';
import type { NodeAnalysis } from '../../shared/infer/analysis';
import { findLayer } from '../../shared/layers/index';
import { isPair, labelOf, paramFields, sameValue, type ParamField } from '../../shared/layers/paramFields';
import { faceOf } from '../../shared/picture/face';

/** More parameters than these are for the inspector to tell. */
const TOLD = 4;

/** A layer as a screen reader says it: “conv2a, Conv2D, 32 filters, strides 2, output 16 by 16 by 32, 1 problem”. */
export function spokenNode(node: GraphNode, document: SkipDocument, known: NodeAnalysis | undefined, params: Params = node.params): string {
  return `${spokenLayer(node, document, params)}${spokenResult(known)}`;
}

/** What it is, before anything is known of what it gives: “conv2a, Conv2D, 32 filters, strides 2”. */
export function spokenLayer(node: GraphNode, document: SkipDocument, params: Params = node.params): string {
  return [node.name, faceOf(node, document).title, ...spokenParams(node.type, params)].join(', ');
}

/** What follows it: “, output 16 by 16 by 32, 1 problem”; empty where nothing is known. */
export function spokenResult(known: NodeAnalysis | undefined): string {
  const outputs = Object.values(known?.outputs ?? {}).map(spokenShape);
  const problems = known?.problems.length ?? 0;
  return (
    (outputs.length > 0 ? `, output ${outputs.join(' and ')}` : '') +
    (problems > 0 ? `, ${problems} ${problems === 1 ? 'problem' : 'problems'}` : '')
  );
}

/** What follows “Wire from conv1 to add”: “, 16 by 16 by 32”. */
export function spokenCarried(type: TensorType | undefined): string {
  return `, ${type ? spokenShape(type) : 'shape unknown'}`;
}

/**
 * The element that holds the words of a layer or a wire on the canvas. In a file a layer and a wire may have the same id, and ids may have
 * spaces, which those in `aria-labelledby` have not.
 */
export function spokenId(kind: 'layer' | 'wire', id: string): string {
  return `said-${kind}-${id.replaceAll('%', '%25').replaceAll(/\s/g, '%20')}`;
}

/** `16×16×32` as it is said: “16 by 16 by 32”. */
export function spokenShape({ shape }: TensorType): string {
  return formatShape(shape).replaceAll('×', ' by ');
}

/** What makes this layer this layer: its size first, then what differs from the defaults. */
export function spokenParams(type: string, params: Params): readonly string[] {
  const layer = findLayer(type);
  if (!layer) return [];
  return paramFields(layer)
    .filter((field, index) => (index === 0 && isSize(field)) || !sameValue(params[field.name] ?? field.default, field.default))
    .slice(0, TOLD)
    .map((field) => spokenParam(field, params[field.name] ?? field.default));
}

function isSize({ control }: ParamField): boolean {
  return control.kind === 'pair' || control.kind === 'sizes' || (control.kind === 'number' && control.integer);
}

function spokenParam({ label, control }: ParamField, value: ParamValue | undefined): string {
  const name = label.toLowerCase();
  if (isExpression(value)) return `${name} as the block says`;
  if (value === null) return `no ${name}`;
  if (typeof value === 'boolean') return `${name} ${value ? 'on' : 'off'}`;
  if (typeof value === 'number')
    return control.kind === 'number' && control.integer && name.endsWith('s') ? `${value} ${name}` : `${name} ${value}`;
  if (isPair(value)) return value[0] === value[1] && name === 'strides' ? `${name} ${value[0]}` : `${name} ${value.join(' by ')}`;
  if (Array.isArray(value)) return `${name} ${value.join(' by ')}`;
  return `${name} ${spokenValue(value)}`;
}

/** With its parts where it has several: “maxNorm, max value 2, axis 0 and 1”. */
function spokenValue(value: ParamValue | undefined): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value)) return value.map(spokenValue).join(' and ');
  return Object.entries(value)
    .map(([part, own]) => (part === 'kind' ? spokenValue(own) : `${labelOf(part).toLowerCase()} ${spokenValue(own)}`))
    .join(', ');
}

function isList(value: ParamValue): value is readonly ParamValue[] {
  return Array.isArray(value);
}
