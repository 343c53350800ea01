import type { OptimizerSettings } from '../../../shared/document/document';
import { useDocument } from '../../state/document';
import { NumberField } from '../../ui/NumberField';
import { Switch } from '../../ui/Switch';
import { Field } from './Field';
import { withAdam, withLearningRate, withSgd, type Recipe } from './trainingEdits';

const MAX_RATE = 1000;
const LEAST_RATE = 1e-12;
/** A moment's decay must stay below 1, else nothing new ever counts. */
const MAX_BETA = 0.999999;

/** The fields of one kind of optimizer. */
export function OptimizerFields({ optimizer }: { readonly optimizer: OptimizerSettings }) {
  const { edit } = useDocument.getState();
  return (
    <>
      <Amount
        label="Learning rate"
        value={optimizer.learningRate}
        min={LEAST_RATE}
        max={MAX_RATE}
        stepBy={optimizer.learningRate >= 0.01 ? 0.01 : 0.0001}
        recipe={withLearningRate}
      />
      {optimizer.kind === 'sgd' ? (
        <>
          <Amount label="Momentum" value={optimizer.momentum} min={0} max={1} stepBy={0.05} recipe={(momentum) => withSgd({ momentum })} />
          <Field label="Nesterov" hint="Looks ahead along the momentum before it steps">
            {(id) => (
              <Switch
                id={id}
                label="Nesterov"
                checked={optimizer.nesterov}
                onChange={(nesterov) => edit('Change Nesterov', withSgd({ nesterov }), 'record')}
              />
            )}
          </Field>
        </>
      ) : (
        <>
          <Amount label="Beta 1" value={optimizer.beta1} min={0} max={MAX_BETA} stepBy={0.01} recipe={(beta1) => withAdam({ beta1 })} />
          <Amount label="Beta 2" value={optimizer.beta2} min={0} max={MAX_BETA} stepBy={0.001} recipe={(beta2) => withAdam({ beta2 })} />
          <Amount label="Epsilon" value={optimizer.epsilon} min={1e-30} max={1} stepBy={1e-7} recipe={(epsilon) => withAdam({ epsilon })} />
        </>
      )}
    </>
  );
}

interface AmountProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly stepBy: number;
  readonly recipe: (value: number) => Recipe;
}

function Amount({ label, value, min, max, stepBy, recipe }: AmountProps) {
  const { edit, sealStep } = useDocument.getState();
  return (
    <Field label={label}>
      {(id) => (
        <NumberField
          id={id}
          label={label}
          value={value}
          min={min}
          max={max}
          stepBy={stepBy}
          onChange={(next) => edit(`Change ${label.toLowerCase()}`, recipe(next), 'merge')}
          onCommit={sealStep}
        />
      )}
    </Field>
  );
}
