import { memo, useMemo } from 'react';
import { graphOf } from '../../../shared/graph/applyEdits';
import type { GraphRef } from '../../../shared/graph/edit';
import type { GraphNode, NodeId, ParamValue } from '../../../shared/graph/graph';
import type { AnyLayer } from '../../../shared/layers/define';
import { parseParams } from '../../../shared/layers/parse';
import { paramFields, sameValue, type ParamField } from '../../../shared/layers/paramFields';
import { useDocument } from '../../state/document';
import { MoreParams } from './MoreParams';
import { ParamRow } from './ParamRow';
import { useNamesIn } from './useNamesIn';

interface LayerParamsProps {
  readonly node: GraphNode;
  readonly layer: AnyLayer;
  readonly graph: GraphRef;
}

/** The form of a layer, from its schema. Every change shows its shapes at once. */
export function LayerParams({ node, layer, graph }: LayerParamsProps) {
  const parsed = parseParams(layer, node.params);
  const errors = new Map(parsed.ok ? [] : parsed.error.map(({ param, message }) => [param, message]));
  const names = useNamesIn(graph);
  const block = graph === 'network' ? undefined : graph.block;
  const place = useMemo<GraphRef>(() => (block === undefined ? 'network' : { block }), [block]);

  const fields = paramFields(layer);
  if (fields.length === 0) return null;
  const valueOf = ({ name, default: initial }: ParamField) => (node.params[name] === undefined ? initial : node.params[name]);
  const row = (field: ParamField) => (
    <LayerParam
      key={field.name}
      graph={place}
      id={node.id}
      layerName={node.name}
      field={field}
      value={valueOf(field)}
      error={errors.get(field.name)}
      names={names}
    />
  );
  const advanced = fields.filter(({ isAdvanced }) => isAdvanced);
  const isSet = advanced.some((field) => errors.has(field.name) || !sameValue(valueOf(field), field.default));
  return (
    <div data-values className="flex flex-col gap-1">
      {fields.filter(({ isAdvanced }) => !isAdvanced).map(row)}
      {advanced.length > 0 && <MoreParams isOpenAtFirst={isSet}>{advanced.map(row)}</MoreParams>}
    </div>
  );
}

interface LayerParamProps {
  readonly graph: GraphRef;
  readonly id: NodeId;
  readonly layerName: string;
  readonly field: ParamField;
  readonly value: ParamValue | undefined;
  readonly error: string | undefined;
  readonly names: readonly string[];
}

/** Memoised: typing in one field draws no other. What it sets it sets in the layer as it is then. */
const LayerParam = memo(function LayerParam({ graph, id, layerName, field, value, error, names }: LayerParamProps) {
  const stepLabel = `Set ${field.label.toLowerCase()} of ${layerName}`;
  const change = (to: ParamValue, mode: 'record' | 'merge') => {
    const { document, edit } = useDocument.getState();
    const node = graphOf(document, graph)?.nodes[id];
    if (node) edit(stepLabel, [{ kind: 'setParams', id, graph, params: { ...node.params, [field.name]: to } }], mode);
  };
  return (
    <ParamRow
      field={field}
      value={value}
      error={error}
      stepLabel={stepLabel}
      names={names}
      onChange={(to) => to !== undefined && change(to, 'merge')}
      onCommit={useDocument.getState().sealStep}
      onReset={() => change(field.default ?? null, 'record')}
    />
  );
});
