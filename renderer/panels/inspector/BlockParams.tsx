import { COPY_INDEX, REPEAT } from '../../../shared/blocks/expand';
import { MAX_COPIES } from '../../../shared/blocks/limits';
import type { BlockDefinition, BlockParameter } from '../../../shared/document/document';
import type { GraphRef } from '../../../shared/graph/edit';
import type { GraphNode } from '../../../shared/graph/graph';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { controlForValue, labelOf, type ParamField } from '../../../shared/layers/paramFields';
import { ParamRow } from './ParamRow';
import { useNamesIn } from './useNamesIn';

interface BlockParamsProps {
  readonly node: GraphNode;
  readonly block: BlockDefinition | undefined;
  readonly graph: GraphRef;
}

/** What an instance of a block sets of its definition's parameters, and the way into it. */
export function BlockParams({ node, block, graph }: BlockParamsProps) {
  const outer = useNamesIn(graph);
  if (!block) return <p className="text-error-text">Its definition is not in this document.</p>;
  const { edit, sealStep } = useDocument.getState();
  const stepLabel = (label: string) => `Set ${label.toLowerCase()} of ${node.name}`;
  const set = (label: string, params: GraphNode['params'], mode: 'record' | 'merge') =>
    edit(stepLabel(label), [{ kind: 'setParams', id: node.id, graph, params }], mode);
  const isRepeated = Object.hasOwn(node.params, REPEAT);
  const fields: readonly ParamField[] = [...block.parameters.map(fieldOf), ...(canRepeat(block) ? [repeatField] : [])];
  return (
    <div data-values className="flex flex-col gap-1">
      {fields.map((field) => {
        const { name, label } = field;
        return (
          <ParamRow
            key={name}
            field={field}
            value={Object.hasOwn(node.params, name) ? node.params[name] : field.default}
            error={undefined}
            stepLabel={stepLabel(label)}
            names={isRepeated && name !== REPEAT ? [...outer, COPY_INDEX] : outer}
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

function fieldOf({ name, default: value, description }: BlockParameter): ParamField {
  return { name, label: labelOf(name), description, default: value, control: controlForValue(value) };
}

/** Copies in a row need one way in and one way out. */
function canRepeat({ graph }: BlockDefinition): boolean {
  const ends = (type: string) => Object.values(graph.nodes).filter((node) => node.type === type).length;
  return ends('blockInput') === 1 && ends('blockOutput') === 1;
}

const repeatField: ParamField = {
  name: REPEAT,
  label: 'Repeat',
  description: 'How many copies stand in a row. Their values may be computed from “index”: 0 for the first copy, 1 for the second.',
  default: 1,
  unit: 'copies',
  control: { kind: 'number', min: 1, max: MAX_COPIES, integer: true, nullable: false },
};
