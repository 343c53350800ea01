import { activityInWords } from '../../shared/infer/activity';
import type { NodeId } from '../../shared/graph/graph';
import { wiresAlong } from '../../shared/graph/walk';
import { activityMoment, useActivity } from '../state/activity';
import { useDocument } from '../state/document';
import { useHeat } from '../state/heat';
import { nameAt } from '../state/nameAt';
import { pathIn, currentGraph } from '../state/location';
import { useSession } from '../state/session';
import { spokenCarried, spokenNode } from '../state/spoken';
import { countOf, formatLarge } from '../ui/numbers';
import { shown } from './graphEdits';
import { here } from './walking';

/** What is here, in sentences: the layer with its wires and problems, the wire with its shape, else the network. */
export function describeHere(): string {
  const spot = here();
  const { graph } = shown();
  if (!spot) return describeNetwork();
  if (spot.kind !== 'wire') return describeLayer(spot.node);
  const edge = graph.edges[spot.edge];
  const type = edge && known(edge.from.node)?.outputs[edge.from.port];
  return `Wire from ${nameOf(edge?.from.node)} to ${nameOf(edge?.to.node)}${spokenCarried(type)}.`;
}

function describeNetwork(): string {
  const { analysis } = useDocument.getState();
  const { location } = useSession.getState();
  const where = location.length === 0 ? 'The network' : `Inside ${location.map(({ name }) => name).join(', ')}`;
  const { parameters } = analysis.totals;
  return `${where}: ${countOf(Object.keys(shown().graph.nodes).length, 'layer')}, ${formatLarge(parameters)} parameters, ${countOf(analysis.problems.length, 'problem')}.`;
}

function describeLayer(id: NodeId): string {
  const { graph, document } = shown();
  const node = graph.nodes[id];
  if (!node) return '';
  const analysis = known(id);
  const from = wiresAlong(graph, id, 'back').map((edge) => nameOf(edge.from.node));
  const to = wiresAlong(graph, id, 'forward').map((edge) => nameOf(edge.to.node));
  return [
    spokenNode(node, document, analysis, paramsOf(id)),
    from.length > 0 ? `from ${from.join(' and ')}` : '',
    to.length > 0 ? `to ${to.join(' and ')}` : '',
    node.placed ? 'kept where you put it when the network is arranged' : '',
    heatInWords(id),
    activityAt(id),
    ...(analysis?.problems ?? []).map(({ message }) => message.replace(/\.$/, '')),
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}.`)
    .join(' ');
}

/** What it gave in training, where a run has told it. */
function activityAt(id: NodeId): string {
  const activity = useActivity.getState().values.get(pathOf(id));
  return activity ? `${activityMoment(useActivity.getState())}: ${activityInWords(activity, nameAt)}` : '';
}

/** What the canvas shows of a layer by its colour. */
function heatInWords(id: NodeId): string {
  const { shown: source, values } = useHeat.getState();
  const value = values.get(pathOf(id));
  return source && value ? `${source.title}: ${value.label}` : '';
}

function nameOf(id: NodeId | undefined): string {
  return (id !== undefined && shown().graph.nodes[id]?.name) || 'nothing';
}

function pathOf(id: NodeId): string {
  const { prefix } = currentGraph(useDocument.getState().document, useSession.getState().location);
  return pathIn(prefix, id);
}

function known(id: NodeId) {
  return useDocument.getState().analysis.nodes.get(pathOf(id));
}

function paramsOf(id: NodeId) {
  return useDocument.getState().analysis.flat.nodes.get(pathOf(id))?.params;
}
