import type { GraphNode, ParamValue } from '../../../shared/graph/graph';
import type { GraphRef } from '../../../shared/graph/edit';
import type { AnyLayer } from '../../../shared/layers/define';
import { parseParams } from '../../../shared/layers/parse';
import { useDocument } from '../../state/document';
import { paramFields, sameValue, type ParamField } from '../../../shared/layers/paramFields';
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
  const { edit, sealStep } = useDocument.getState();
  const names = useNamesIn(graph);

  const stepLabel = (label: string) => `Set ${label.toLowerCase()} of ${node.name}`;
  function change(name: string, label: string, value: ParamValue, mode: 'record' | 'merge') {
    edit(stepLabel(label), [{ kind: 'setParams', id: node.id, graph, params: { ...node.params, [name]: value } }], mode);
  }

  const fields = paramFields(layer);
  if (fields.length === 0) return null;
  const valueOf = ({ name, default: initial }: ParamField) => (node.params[name] === undefined ? initial : node.params[name]);
  const row = (field: ParamField) => (
    <ParamRow
      key={`${node.id} ${field.name}`}
      field={field}
      value={valueOf(field)}
      error={errors.get(field.name)}
      stepLabel={stepLabel(field.label)}
      names={names}
      onChange={(value) => value !== undefined && change(field.name, field.label, value, 'merge')}
      onCommit={sealStep}
      onReset={() => change(field.name, field.label, field.default ?? null, 'record')}
    />
  );
  const advanced = fields.filter(({ isAdvanced }) => isAdvanced);
  const isSet = advanced.some((field) => errors.has(field.name) || !sameValue(valueOf(field), field.default));
  return (
    <div data-values className="flex flex-col gap-1">
      {fields.filter(({ isAdvanced }) => !isAdvanced).map(row)}
      {advanced.length > 0 && (
        <MoreParams key={node.id} isOpenAtFirst={isSet}>
          {advanced.map(row)}
        </MoreParams>
      )}
    </div>
  );
}
