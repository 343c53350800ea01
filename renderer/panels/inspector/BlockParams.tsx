import type { BlockDefinition } from '../../../shared/document/document';
import type { GraphRef } from '../../../shared/graph/edit';
import type { GraphNode } from '../../../shared/graph/graph';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { controlForValue, labelOf } from '../../../shared/layers/paramFields';
import { ParamRow } from './ParamRow';

interface BlockParamsProps {
  readonly node: GraphNode;
  readonly block: BlockDefinition | undefined;
  readonly graph: GraphRef;
}

/** What an instance of a block sets of its definition's parameters, and the way into it. */
export function BlockParams({ node, block, graph }: BlockParamsProps) {
  if (!block) return <p className="text-error-text">Its definition is not in this document.</p>;
  const { edit, sealStep } = useDocument.getState();
  const stepLabel = (label: string) => `Set ${label.toLowerCase()} of ${node.name}`;
  const set = (label: string, params: GraphNode['params'], mode: 'record' | 'merge') =>
    edit(stepLabel(label), [{ kind: 'setParams', id: node.id, graph, params }], mode);
  return (
    <div className="flex flex-col gap-1">
      {block.parameters.map((parameter) => {
        const { name, description } = parameter;
        const label = labelOf(name);
        return (
          <ParamRow
            key={`${node.id} ${name}`}
            field={{ name, label, description, default: parameter.default, control: controlForValue(parameter.default) }}
            value={Object.hasOwn(node.params, name) ? node.params[name] : parameter.default}
            error={undefined}
            stepLabel={stepLabel(label)}
            onChange={(value) => value !== undefined && set(label, { ...node.params, [name]: value }, 'merge')}
            onCommit={sealStep}
            onReset={() => set(label, without(node.params, name), 'record')}
          />
        );
      })}
      <Button className="mt-2" onClick={() => useSession.getState().openBlock(node.id)}>
        Open the block
      </Button>
    </div>
  );
}

/** A parameter that an instance does not set follows the definition. */
function without(params: GraphNode['params'], name: string): GraphNode['params'] {
  return Object.fromEntries(Object.entries(params).filter(([key]) => key !== name));
}
