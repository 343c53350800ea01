import { ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { optimizerOf, optimizers } from '../../../shared/training/optimizers/index';
import { scheduleOf, schedules } from '../../../shared/training/schedules/index';
import { useDatasets } from '../../state/datasets';
import { useDocument } from '../../state/document';
import { useTrainingView } from '../../state/trainingView';
import { useSession } from '../../state/session';
import { useTrainability } from '../../state/training';
import { Button } from '../../ui/Button';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { EngineSelect } from '../engine/EngineSelect';
import { ChoiceRow } from './ChoiceRow';
import { Field } from './Field';
import { LossDetails, LossRows } from './LossRows';
import { MemoryLine } from './MemoryLine';
import { MetricChoice } from './MetricChoice';
import { ScheduleCurve } from './ScheduleCurve';
import { SettingRows } from './SettingRows';
import { SettlingLine } from './SettlingLine';
import { withDataset, withOptimizer, withOptimizerKind, withSchedule, withScheduleKind, withTraining, type Recipe } from './trainingEdits';

const MAX_EPOCHS = 100_000;
const MAX_BATCH = 65_536;
const MAX_SEED = 2 ** 31 - 1;

/**
 * How the document is trained: data, loss, optimizer and schedule; the rest under "More". All but the engine is the
 * document's and can be undone.
 */
export function TrainingSettings() {
  return (
    <form aria-label="Training settings" className="flex flex-col gap-1.5" onSubmit={(event) => event.preventDefault()}>
      <DataFields />
      <SettlingLine />
      <LossRows />
      <OptimizerChoice />
      <More>
        <OptimizerDetails />
        <LossDetails />
        <MetricChoice />
        <SeedField />
        <Field label="Engine">{(id) => <EngineSelect id={id} />}</Field>
      </More>
      <MemoryLine />
    </form>
  );
}

function DataFields() {
  const { training, data } = useDocument((state) => state.document);
  const { edit, sealStep } = useDocument.getState();
  const datasets = useDatasets((state) => state.datasets);
  const type = (label: string) => (recipe: Recipe) => edit(label, recipe, 'merge');
  const options = (datasets ?? []).map(({ id, title, description }) => ({ value: id, label: title, description }));
  return (
    <>
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
    </>
  );
}

function OptimizerChoice() {
  const { optimizer, schedule, epochs } = useDocument((state) => state.document.training);
  const { edit } = useDocument.getState();
  return (
    <>
      <ChoiceRow
        label="Optimizer"
        value={optimizer.kind}
        choices={optimizers}
        onChange={(kind) => edit('Change optimizer', withOptimizerKind(kind), 'record')}
      />
      <SettingRows schema={optimizerOf(optimizer.kind).settings} settings={optimizer} only={['learningRate']} change={withOptimizer} />
      <FindRateButton />
      <ChoiceRow
        label="Schedule"
        value={schedule.kind}
        choices={schedules}
        onChange={(kind) => edit('Change schedule', withScheduleKind(kind), 'record')}
      />
      {schedule.kind !== 'constant' && <ScheduleCurve schedule={schedule} rate={optimizer.learningRate} epochs={epochs} />}
      <SettingRows schema={scheduleOf(schedule.kind).settings} settings={schedule} change={withSchedule} />
    </>
  );
}

function FindRateButton() {
  const canTrain = useTrainability() === true;
  const { openDialog } = useSession.getState();
  return (
    <Button variant="plain" className="ml-25 h-6 self-start text-sm" disabled={!canTrain} onClick={() => openDialog({ kind: 'findRate' })}>
      Find a rate…
    </Button>
  );
}

function OptimizerDetails() {
  const optimizer = useDocument((state) => state.document.training.optimizer);
  return (
    <SettingRows schema={optimizerOf(optimizer.kind).settings} settings={optimizer} except={['learningRate']} change={withOptimizer} />
  );
}

function SeedField() {
  const seed = useDocument((state) => state.document.training.seed);
  const { edit, sealStep } = useDocument.getState();
  return (
    <Field label="Seed" hint="The same seed gives the same first weights and the same order of images">
      {(id) => (
        <NumberField
          id={id}
          label="Seed"
          value={seed}
          min={0}
          max={MAX_SEED}
          integer
          onChange={(next) => edit('Change seed', withTraining({ seed: next }), 'merge')}
          onCommit={sealStep}
        />
      )}
    </Field>
  );
}

/** What most people leave as it is; open or closed as it was left. */
function More({ children }: { readonly children: ReactNode }) {
  const id = useId();
  const isOpen = useTrainingView((state) => state.showsMore);
  const { toggleMore } = useTrainingView.getState();
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggleMore}
        className="flex h-7 items-center gap-1 self-start rounded-sm pr-1 text-sm text-secondary hover:text-ink"
      >
        <ChevronRight size="0.875rem" aria-hidden className={isOpen ? 'rotate-90' : undefined} />
        More
      </button>
      <div id={id} hidden={!isOpen} className={isOpen ? 'flex flex-col gap-1.5' : undefined}>
        {isOpen && children}
      </div>
    </>
  );
}
