import type { GraphRef } from '../../../shared/graph/edit';
import type { GraphNode, ParamValue } from '../../../shared/graph/graph';
import { useDocument } from '../../state/document';
import { sameValue } from '../../../shared/layers/paramFields';
import { countOf } from '../../ui/numbers';
import { MoreParams } from './MoreParams';
import { ParamRow } from './ParamRow';
import { sharedFields, type SharedField } from './sharedFields';

interface ManyParamsProps {
  readonly nodes: readonly GraphNode[];
  readonly graph: GraphRef;
}

/** The fields that several layers share: one edit sets all of them, in one step of undo. */
export function ManyParams({ nodes, graph }: ManyParamsProps) {
  const document = useDocument((state) => state.document);
  const shared = sharedFields(nodes, document);
  const { sealStep } = useDocument.getState();
  if (shared.length === 0) return <p className="text-sm text-secondary">These layers have no parameter in common.</p>;
  const row = (item: SharedField) => {
    const { field, value } = item;
    const count = item.nodes.length === nodes.length ? '' : `${item.nodes.length} of ${countOf(nodes.length, 'layer')}`;
    return (
      <ParamRow
        key={`${field.name} ${field.control.kind}`}
        field={field}
        value={value}
        error={undefined}
        count={count}
        stepLabel={labelFor(item)}
        onChange={(next) => (next === undefined ? takeBack(item) : setAll(item, graph, next, 'merge'))}
        onCommit={sealStep}
        onReset={() => setAll(item, graph, field.default ?? null, 'record')}
      />
    );
  };
  const advanced = shared.filter(({ field }) => field.isAdvanced);
  const isSet = advanced.some(({ field, value }) => !sameValue(value, field.default));
  return (
    <div className="flex flex-col gap-1">
      {shared.filter(({ field }) => !field.isAdvanced).map(row)}
      {advanced.length > 0 && (
        <MoreParams key={nodes.map(({ id }) => id).join(' ')} isOpenAtFirst={isSet}>
          {advanced.map(row)}
        </MoreParams>
      )}
    </div>
  );
}

function labelFor({ field, nodes }: SharedField): string {
  return `Set ${field.label.toLowerCase()} of ${countOf(nodes.length, 'layer')}`;
}

function setAll(item: SharedField, graph: GraphRef, value: ParamValue, mode: 'record' | 'merge') {
  const edits = item.nodes.map(
    ({ id, params }) => ({ kind: 'setParams', id, graph, params: { ...params, [item.field.name]: value } }) as const,
  );
  useDocument.getState().edit(labelFor(item), edits, mode);
}

/** The values differed: no single one brings them back, but the step that made them equal can be undone. */
function takeBack(item: SharedField) {
  const { undo, undoLabel } = useDocument.getState();
  if (undoLabel === labelFor(item)) undo();
}
