import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { BlockDefinition, BlockParameter, SkipDocument } from '../../../shared/document/document';
import {
  blockNameProblem,
  changeDefinition,
  instanceCount,
  parameterNameProblem,
  removeParameter,
  setParameters,
} from '../../../shared/edits/blocks/definitions';
import type { ParamValue } from '../../../shared/graph/graph';
import { controlForValue } from '../../../shared/layers/paramFields';
import { runCommand } from '../../commands/commands';
import { useDocument } from '../../state/document';
import { Button } from '../../ui/Button';
import { besideLabel } from '../../ui/besideLabel';
import { IconButton } from '../../ui/IconButton';
import { formatCount } from '../../ui/numbers';
import { TextField } from '../../ui/TextField';
import { ParamInput } from './ParamInput';
import { Fact, Section } from './Section';

/** The definition of the block that is open: its name, its parameters and their defaults, who uses it. */
export function BlockDefinitionView({ id }: { readonly id: string }) {
  const document = useDocument((state) => state.document);
  const block = document.blocks[id];
  if (!block) return null;
  return (
    <div className="flex flex-col gap-3.5 px-3.5 py-3">
      <header>
        <h2 className="sr-only">{block.name}</h2>
        <TextField
          key={id}
          label="Name of the block"
          value={block.name}
          check={(name) => blockNameProblem(document, id, name)}
          onChange={(name) => change(`Rename the block ${block.name}`, (before) => changeDefinition(before, id, { name: name.trim() }))}
          commitOnly
          className="[&_input]:text-lg [&_input]:font-semibold [&>div]:border-transparent [&>div]:bg-transparent hover:[&>div]:border-line"
        />
        <p className="mt-1 px-2 text-secondary">{block.description ?? 'A block definition.'} A change here changes every instance.</p>
      </header>
      <Section title="Parameters">
        <ul className="flex flex-col gap-1">
          {block.parameters.map((parameter) => (
            <Parameter key={parameter.name} block={block} parameter={parameter} />
          ))}
        </ul>
        {block.parameters.length === 0 && (
          <p className="pb-1 text-sm text-secondary">None yet. A parameter lets each instance give its own value to the layers inside.</p>
        )}
        <AddParameter key={id} block={block} />
      </Section>
      <Section title="Use">
        <dl>
          <Fact name="Instances" value={formatCount(instanceCount(document, id))} />
          <Fact name="Layers inside" value={formatCount(Object.keys(block.graph.nodes).length)} />
        </dl>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button onClick={() => runCommand('graph.keepBlock')}>Keep in my library</Button>
          <Button onClick={() => runCommand('graph.saveBlock')}>Save as a file…</Button>
        </div>
      </Section>
    </div>
  );
}

function change(label: string, recipe: (document: SkipDocument) => SkipDocument, mode: 'record' | 'merge' = 'record'): void {
  useDocument.getState().edit(label, recipe, mode);
}

interface ParameterProps {
  readonly block: BlockDefinition;
  readonly parameter: BlockParameter;
}

/** One parameter with the value that an instance has which gives none. */
function Parameter({ block, parameter }: ParameterProps) {
  const { name, default: value, description } = parameter;
  const id = `parameter-${name}`;
  const setDefault = (next: ParamValue | undefined) => {
    if (next === undefined) return;
    const parameters = block.parameters.map((each) => (each.name === name ? { ...each, default: next } : each));
    change(`Set the default of ${name}`, (document) => setParameters(document, block.id, parameters), 'merge');
  };
  return (
    <li className="flex flex-wrap items-start gap-x-2">
      <label htmlFor={id} title={description} className="w-25 shrink-0 truncate pt-1 font-mono text-sm text-secondary">
        {name}
      </label>
      <div className={besideLabel}>
        <ParamInput
          id={id}
          label={`Default of ${name}`}
          control={controlForValue(value)}
          value={value}
          error={undefined}
          describedBy={undefined}
          unit={undefined}
          isMany={false}
          onChange={setDefault}
          onCommit={useDocument.getState().sealStep}
        />
        <IconButton
          label={`Remove the parameter ${name}`}
          icon={<Trash2 size="0.875rem" />}
          onClick={() => change(`Remove the parameter ${name}`, (document) => removeParameter(document, block.id, name))}
        />
      </div>
    </li>
  );
}

function AddParameter({ block }: { readonly block: BlockDefinition }) {
  const [isOpen, setOpen] = useState(false);
  const add = (name: string) => {
    setOpen(false);
    change(`Add the parameter ${name}`, (document) => setParameters(document, block.id, [...block.parameters, { name, default: 1 }]));
  };
  if (!isOpen)
    return (
      <Button className="mt-1.5" onClick={() => setOpen(true)}>
        <Plus size="0.875rem" aria-hidden />
        Add a parameter
      </Button>
    );
  return (
    <TextField
      label="Name of the new parameter"
      placeholder="filters"
      value=""
      mono
      focusOnOpen
      commitOnly
      check={(name) => (name === '' ? undefined : parameterNameProblem(block, name))}
      onChange={(name) => (name === '' ? setOpen(false) : add(name))}
      className="mt-1.5"
    />
  );
}
