import type { OptimizerSettings } from '../../../shared/document/document';
import { useDatasets } from '../../state/datasets';
import { useDocument } from '../../state/document';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { EngineField } from './EngineField';
import { Field } from './Field';
import { OptimizerFields } from './OptimizerFields';
import { withDataset, withOptimizerKind, withTraining, type Recipe } from './trainingEdits';

const MAX_EPOCHS = 100_000;
const MAX_BATCH = 65_536;
const MAX_SEED = 2 ** 31 - 1;

const optimizers: readonly { value: OptimizerSettings['kind']; label: string; description: string }[] = [
  { value: 'adam', label: 'Adam', description: 'Finds its own step for each weight' },
  { value: 'sgd', label: 'SGD', description: 'Plain descent, with momentum' },
];

/** How the document is trained: data, batch, epochs, optimizer, seed, engine. All but the engine is the document's and can be undone. */
export function TrainingSettings() {
  const { training, data } = useDocument((state) => state.document);
  const { edit, sealStep } = useDocument.getState();
  const datasets = useDatasets((state) => state.datasets);
  const type = (label: string) => (recipe: Recipe) => edit(label, recipe, 'merge');
  const options = (datasets ?? []).map(({ id, title, description }) => ({ value: id, label: title, description }));
  return (
    <form aria-label="Training settings" className="flex flex-col gap-1.5" onSubmit={(event) => event.preventDefault()}>
      <Field label="Data set">
        {(id) => (
          <Select
            id={id}
            label="Data set"
            value={data.dataset}
            options={options}
            placeholder={datasets ? 'Choose data' : 'Loading…'}
            onChange={(dataset) => edit('Choose data', withDataset(dataset), 'record')}
          />
        )}
      </Field>
      <Field label="Epochs" hint="How often every image is seen">
        {(id) => (
          <NumberField
            id={id}
            label="Epochs"
            value={training.epochs}
            min={1}
            max={MAX_EPOCHS}
            integer
            onChange={(epochs) => type('Change epochs')(withTraining({ epochs }))}
            onCommit={sealStep}
          />
        )}
      </Field>
      <Field label="Batch size" hint="Images in each step">
        {(id) => (
          <NumberField
            id={id}
            label="Batch size"
            value={training.batchSize}
            min={1}
            max={MAX_BATCH}
            integer
            onChange={(batchSize) => type('Change batch size')(withTraining({ batchSize }))}
            onCommit={sealStep}
          />
        )}
      </Field>
      <Field label="Optimizer">
        {(id) => (
          <Select
            id={id}
            label="Optimizer"
            value={training.optimizer.kind}
            options={optimizers}
            onChange={(kind) => edit('Change optimizer', withOptimizerKind(kind), 'record')}
          />
        )}
      </Field>
      <OptimizerFields optimizer={training.optimizer} />
      <Field label="Seed" hint="The same seed gives the same first weights and the same order of images">
        {(id) => (
          <NumberField
            id={id}
            label="Seed"
            value={training.seed}
            min={0}
            max={MAX_SEED}
            integer
            onChange={(seed) => type('Change seed')(withTraining({ seed }))}
            onCommit={sealStep}
          />
        )}
      </Field>
      <EngineField />
    </form>
  );
}
