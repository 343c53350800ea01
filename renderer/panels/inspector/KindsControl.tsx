import { kindOfValue, type ParamControl } from '../../../shared/layers/paramFields';
import { ParsedField } from '../../ui/ParsedField';
import { Select } from '../../ui/Select';
import { NumbersControl, PartName } from './NumbersControl';
import type { ParamInputProps } from './ParamInput';
import { wholeNumbers } from './wholeNumbers';

interface KindsControlProps extends ParamInputProps {
  readonly control: Extract<ParamControl, { kind: 'kinds' }>;
}

const NONE = 'none';

/** What kind of value it is, and below it that kind's own numbers, choices and lists. */
export function KindsControl({ control, ...props }: KindsControlProps) {
  const { id, label, onChange, onCommit } = props;
  const own = kindOfValue(control.kinds, props.value);
  // What a file leaves out is as it starts.
  const value = own && { ...own.initial, ...(props.value as typeof own.initial) };
  const letters = Math.max(0, ...(own ? [...own.numbers, ...own.choices, ...own.lists] : []).map(({ name }) => name.length));
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
          value={own ? titleOf(own) : props.value === null ? NONE : null}
          placeholder="Mixed"
          options={[...(control.nullable ? [NONE] : []), ...control.kinds.map(titleOf)].map((title) => ({ value: title, label: title }))}
          onChange={(next) => put(next === NONE ? null : control.kinds.find((kind) => titleOf(kind) === next)?.initial)}
        />
      </span>
      {own && own.numbers.length > 0 && (
        <NumbersControl
          {...props}
          value={value}
          id={`${id}-numbers`}
          letters={letters}
          control={{ kind: 'numbers', fields: own.numbers }}
        />
      )}
      {own?.choices.map(({ name, options }) => (
        <span key={name} className="flex items-center gap-2">
          <PartName name={name} letters={letters} />
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
      {own?.lists.map(({ name, min, max }) => (
        <span key={name} className="flex items-center gap-2">
          <PartName name={name} letters={letters} />
          <ParsedField<readonly number[]>
            {...props}
            id={`${id}-${name}`}
            label={`${label} ${name}`}
            mono
            value={[(value as Readonly<Record<string, number | readonly number[]>>)[name] ?? []].flat()}
            format={(list) => list.join(', ')}
            parse={(text) => wholeNumbers(text, min, max)}
            onChange={(next) => onChange({ ...value, [name]: next })}
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
