import type { ParamValue } from '../../../shared/graph/graph';
import { PairField } from '../../ui/PairField';
import { ParsedField, type Parsed } from '../../ui/ParsedField';
import { Select } from '../../ui/Select';
import { Slider } from '../../ui/Slider';
import { Switch } from '../../ui/Switch';
import { KindsControl } from './KindsControl';
import { NumberInput } from './NumberInput';
import { NumbersControl } from './NumbersControl';
import { fits, isPair, type ParamControl } from '../../../shared/layers/paramFields';
import { formatSizes, parseSizes } from './sizes';
import { hasSlider, stepSize } from './stepParam';

export interface ParamInputProps {
  readonly id: string;
  readonly label: string;
  readonly control: ParamControl;
  /** Undefined where several layers differ. */
  readonly value: ParamValue | undefined;
  readonly error: string | undefined;
  readonly describedBy: string | undefined;
  readonly unit: string | undefined;
  /** For several layers: a switch cannot show that they differ. */
  readonly isMany: boolean;
  /** Undefined: back to what differed before. */
  readonly onChange: (value: ParamValue | undefined) => void;
  /** The end of one intention: the next change is a step of undo of its own. */
  readonly onCommit: () => void;
}

/** The control for a parameter's kind. A value of another kind, as a file may have it, is shown as JSON. */
export function ParamInput(props: ParamInputProps) {
  const { control, value, onChange, onCommit } = props;
  const common = { id: props.id, label: props.label, error: props.error, describedBy: props.describedBy, onCommit, onChange };
  if (value !== undefined && !fits(control, value)) return <JsonField {...common} value={value} />;
  switch (control.kind) {
    case 'number':
      return <NumberControl {...props} control={control} value={value as number | null | undefined} />;
    case 'pair':
      return (
        <PairField
          {...common}
          {...control}
          unit={props.unit}
          placeholder={value === null ? 'none' : 'Mixed'}
          value={typeof value === 'number' ? [value, value] : value === null ? null : pairOf(value)}
        />
      );
    case 'choice':
      return <ChoiceControl {...props} value={value as string | undefined} options={control.options} />;
    case 'flag':
      return <FlagControl {...props} value={value as boolean | undefined} />;
    case 'sizes':
      return (
        <ParsedField<Sizes | null | undefined>
          {...common}
          mono
          placeholder={value === undefined ? 'Mixed' : value === null ? 'none' : undefined}
          value={value as Sizes | null | undefined}
          format={(sizes) => (sizes ? formatSizes(sizes) : '')}
          parse={(text) => (control.nullable && text.trim() === '' ? { ok: true, value: null } : parseSizes(text, control))}
        />
      );
    case 'numbers':
      return <NumbersControl {...props} control={control} />;
    case 'kinds':
      return <KindsControl {...props} control={control} />;
    case 'json':
      return <JsonField {...common} value={value} />;
  }
}

type Sizes = readonly (number | string | null)[];

function pairOf(value: ParamValue | undefined): readonly [number, number] | undefined {
  return isPair(value) ? value : undefined;
}

interface NumberControlProps extends Omit<ParamInputProps, 'control' | 'value'> {
  readonly control: Extract<ParamControl, { kind: 'number' }>;
  readonly value: number | null | undefined;
}

function NumberControl({ control, isMany, ...props }: NumberControlProps) {
  const { label, value, onChange, onCommit } = props;
  return (
    <span className="flex min-w-0 flex-1 gap-2">
      {hasSlider(control) && typeof value === 'number' && !isMany && (
        <Slider
          label={label}
          value={value}
          min={control.min ?? 0}
          max={control.max ?? 1}
          stepBy={stepSize(control)}
          onChange={onChange}
          onCommit={onCommit}
        />
      )}
      <NumberInput {...props} {...control} stepBy={stepSize(control)} />
    </span>
  );
}

interface ChoiceControlProps extends Omit<ParamInputProps, 'value' | 'control'> {
  readonly value: string | undefined;
  readonly options: readonly string[];
}

function ChoiceControl({ id, label, value, options, onChange, onCommit }: ChoiceControlProps) {
  return (
    <Select
      id={id}
      label={label}
      mono
      value={value ?? null}
      placeholder="Mixed"
      options={options.map((option) => ({ value: option, label: option }))}
      onChange={(next) => {
        onChange(next);
        onCommit();
      }}
    />
  );
}

interface FlagControlProps extends Omit<ParamInputProps, 'value' | 'control'> {
  readonly value: boolean | undefined;
}

function FlagControl({ value, onChange, ...props }: FlagControlProps) {
  const set = (next: boolean) => {
    onChange(next);
    props.onCommit();
  };
  if (props.isMany) {
    const chosen = value === undefined ? undefined : value ? 'on' : 'off';
    return <ChoiceControl {...props} value={chosen} options={['on', 'off']} onChange={(next) => onChange(next === 'on')} />;
  }
  return (
    <span className="flex h-7 items-center">
      <Switch id={props.id} label={props.label} checked={value === true} onChange={set} />
    </span>
  );
}

type JsonFieldProps = Pick<ParamInputProps, 'id' | 'label' | 'value' | 'error' | 'describedBy' | 'onChange' | 'onCommit'>;

function JsonField(props: JsonFieldProps) {
  return (
    <ParsedField<ParamValue | undefined>
      {...props}
      mono
      placeholder={props.value === undefined ? 'Mixed' : undefined}
      format={(value) => (value === undefined ? '' : JSON.stringify(value))}
      parse={parseJson}
    />
  );
}

function parseJson(text: string): Parsed<ParamValue> {
  try {
    return { ok: true, value: JSON.parse(text) as ParamValue };
  } catch {
    return { ok: false, error: `“${text}” is not JSON.` };
  }
}
