import type { ParamValue } from '../../../shared/graph/graph';
import { NumberField } from '../../ui/NumberField';
import { PairField } from '../../ui/PairField';
import { ParsedField, type Parsed } from '../../ui/ParsedField';
import { Select } from '../../ui/Select';
import { Slider } from '../../ui/Slider';
import { Switch } from '../../ui/Switch';
import { NullableNumberField } from './NullableNumberField';
import { fits, isPair, type ParamControl } from '../../../shared/layers/paramFields';
import { formatSizes, parseSizes } from './sizes';
import { hasSlider, stepSize } from './stepParam';

export interface ParamInputProps {
  readonly id: string;
  readonly label: string;
  readonly control: ParamControl;
  readonly value: ParamValue | undefined;
  readonly error: string | undefined;
  readonly describedBy: string | undefined;
  readonly unit: string | undefined;
  readonly onChange: (value: ParamValue) => void;
  /** The end of one intention: the next change is a step of undo of its own. */
  readonly onCommit: () => void;
}

/** The control for a parameter's kind. A value of another kind, as a file may have it, is shown as JSON. */
export function ParamInput(props: ParamInputProps) {
  const { control, value, onChange, onCommit } = props;
  const common = { id: props.id, label: props.label, error: props.error, describedBy: props.describedBy, onCommit };
  const act = (next: ParamValue) => {
    onChange(next);
    onCommit();
  };
  if (!fits(control, value)) return <JsonField {...common} value={value ?? null} onChange={onChange} />;
  switch (control.kind) {
    case 'number':
      return control.nullable ? (
        <NullableNumberField {...common} {...control} unit={props.unit} value={value as number | null} onChange={onChange} />
      ) : (
        <span className="flex min-w-0 flex-1 gap-2">
          {hasSlider(control) && (
            <Slider
              label={props.label}
              value={value as number}
              min={control.min ?? 0}
              max={control.max ?? 1}
              stepBy={stepSize(control)}
              onChange={onChange}
              onCommit={onCommit}
            />
          )}
          <NumberField {...common} {...control} unit={props.unit} stepBy={stepSize(control)} value={value as number} onChange={onChange} />
        </span>
      );
    case 'pair':
      return (
        <PairField
          {...common}
          {...control}
          unit={props.unit}
          value={isPair(value) ? value : [value as number, value as number]}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          mono
          value={value as string}
          options={control.options.map((option) => ({ value: option, label: option }))}
          onChange={act}
        />
      );
    case 'flag':
      return (
        <span className="flex h-7 items-center">
          <Switch id={props.id} label={props.label} checked={value as boolean} onChange={act} />
        </span>
      );
    case 'sizes':
      return (
        <ParsedField
          {...common}
          mono
          value={value as readonly (number | string)[]}
          format={formatSizes}
          parse={parseSizes}
          onChange={onChange}
        />
      );
    case 'json':
      return <JsonField {...common} value={value ?? null} onChange={onChange} />;
  }
}

interface JsonFieldProps extends Omit<ParamInputProps, 'control' | 'unit'> {
  readonly value: ParamValue;
}

function JsonField(props: JsonFieldProps) {
  return <ParsedField<ParamValue> {...props} mono format={(value) => JSON.stringify(value)} parse={parseJson} />;
}

function parseJson(text: string): Parsed<ParamValue> {
  try {
    return { ok: true, value: JSON.parse(text) as ParamValue };
  } catch {
    return { ok: false, error: `“${text}” is not JSON.` };
  }
}
