import { kindOfValue, type ParamControl } from '../../../shared/layers/paramFields';
import { Select } from '../../ui/Select';
import { NumbersControl } from './NumbersControl';
import type { ParamInputProps } from './ParamInput';

interface KindsControlProps extends ParamInputProps {
  readonly control: Extract<ParamControl, { kind: 'kinds' }>;
}

/** What kind of value it is, and below it that kind's own numbers and choices. */
export function KindsControl({ control, ...props }: KindsControlProps) {
  const { id, label, onChange, onCommit } = props;
  const own = kindOfValue(control.kinds, props.value);
  // What a file leaves out is as it starts.
  const value = own && { ...own.initial, ...(props.value as typeof own.initial) };
  const put = (next: KindsControlProps['value']) => {
    onChange(next);
    onCommit();
  };
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1">
      <span className="flex">
        <Select
          id={id}
          label={label}
          mono
          value={own ? titleOf(own) : null}
          placeholder="Mixed"
          options={control.kinds.map((kind) => ({ value: titleOf(kind), label: titleOf(kind) }))}
          onChange={(next) => put(control.kinds.find((kind) => titleOf(kind) === next)?.initial)}
        />
      </span>
      {own && <NumbersControl {...props} value={value} id={`${id}-numbers`} control={{ kind: 'numbers', fields: own.numbers }} />}
      {own?.choices.map(({ name, options }) => (
        <span key={name} className="flex items-center gap-2">
          <span aria-hidden className="min-w-5 shrink-0 font-mono text-xs text-secondary">
            {name}
          </span>
          <Select
            id={`${id}-${name}`}
            label={`${label} ${name}`}
            mono
            value={(value as Readonly<Record<string, string>>)[name] ?? null}
            placeholder="Mixed"
            options={options.map((option) => ({ value: option, label: option }))}
            onChange={(next) => put({ ...value, [name]: next })}
          />
        </span>
      ))}
    </span>
  );
}

/** The name of a kind; of the one without it, those of its numbers. */
function titleOf({ name, numbers }: KindsControlProps['control']['kinds'][number]): string {
  return name ?? numbers.map((field) => field.name).join(', ');
}
