import type { OutputObjective } from '../../../shared/document/document';
import { losses, lossOf } from '../../../shared/training/losses/index';
import { useDocument } from '../../state/document';
import { Select } from '../../ui/Select';
import { NumberField } from '../../ui/NumberField';
import { ChoiceRow } from './ChoiceRow';
import { Field } from './Field';
import { SettingRows } from './SettingRows';
import { objectivesOf, withLossKind, withObjective } from './trainingEdits';

const columns = [
  { value: 'label', label: 'label', description: 'The class of each image' },
  { value: 'image', label: 'image', description: 'The image itself, to be drawn again' },
] as const;

/** Names of the network's outputs, in the order of the drawing. */
export function useOutputs(): readonly string[] {
  const analysis = useDocument((state) => state.analysis);
  return [...analysis.flat.nodes.values()].filter(({ type }) => type === 'output').map(({ name }) => name);
}

/** What each output learns by. */
export function LossRows() {
  const document = useDocument((state) => state.document);
  const outputs = useOutputs();
  const { edit } = useDocument.getState();
  const objectives = objectivesOf(document, outputs);
  return objectives.map(({ output, loss }) => (
    <ChoiceRow
      key={output}
      label={objectives.length === 1 ? 'Loss' : `Loss of ${output}`}
      value={loss.kind}
      choices={losses}
      onChange={(kind) => edit('Change loss', withLossKind(outputs, output, kind), 'record')}
    />
  ));
}

/** The settings of each output's loss, its weight and the column that it is held against. */
export function LossDetails() {
  const document = useDocument((state) => state.document);
  const outputs = useOutputs();
  return objectivesOf(document, outputs).map((objective) => (
    <OutputDetails key={objective.output} objective={objective} outputs={outputs} />
  ));
}

function OutputDetails({ objective, outputs }: { readonly objective: OutputObjective; readonly outputs: readonly string[] }) {
  const { output, loss, weight, column } = objective;
  const { edit, sealStep } = useDocument.getState();
  const of = outputs.length === 1 ? '' : ` of ${output}`;
  return (
    <>
      <Field label={`Target${of}`} hint="The column of the data that the output is held against">
        {(id) => (
          <Select
            id={id}
            label={`Target${of}`}
            value={column === 'image' ? 'image' : 'label'}
            options={columns}
            onChange={(next) => edit('Change target', withObjective(outputs, output, { column: next }), 'record')}
          />
        )}
      </Field>
      {outputs.length > 1 && (
        <Field label={`Weight${of}`} hint="Its share in the sum of the losses; 0 leaves the output out">
          {(id) => (
            <NumberField
              id={id}
              label={`Weight${of}`}
              value={weight}
              min={0}
              max={1e6}
              stepBy={0.1}
              onChange={(next) => edit('Change loss weight', withObjective(outputs, output, { weight: next }), 'merge')}
              onCommit={sealStep}
            />
          )}
        </Field>
      )}
      <SettingRows
        schema={lossOf(loss.kind).settings}
        settings={loss}
        change={(change) => withObjective(outputs, output, { loss: { ...loss, ...change } })}
      />
    </>
  );
}
