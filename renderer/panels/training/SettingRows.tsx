import type * as z from 'zod';
import type { ParamValue } from '../../../shared/graph/graph';
import { schemaFields } from '../../../shared/layers/paramFields';
import { useDocument } from '../../state/document';
import { ParamRow } from '../inspector/ParamRow';
import type { Recipe } from './trainingEdits';

interface SettingRowsProps {
  readonly schema: z.ZodType;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Only those, or all but those. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly change: (change: Readonly<Record<string, ParamValue>>) => Recipe;
}

/** The fields of an optimizer, a schedule or a loss, read off its schema as a layer's are. */
export function SettingRows({ schema, settings, only, except = [], change }: SettingRowsProps) {
  const { edit, sealStep } = useDocument.getState();
  const fields = schemaFields(schema).filter(({ name }) => name !== 'kind' && !except.includes(name) && (only?.includes(name) ?? true));
  return fields.map((field) => {
    const step = `Change ${field.label.toLowerCase()}`;
    const set = (value: ParamValue | undefined, how: 'merge' | 'record') => {
      if (value !== undefined && schema.safeParse({ ...settings, [field.name]: value }).success)
        edit(step, change({ [field.name]: value }), how);
    };
    return (
      <ParamRow
        key={field.name}
        field={field}
        value={(settings[field.name] ?? field.default) as ParamValue | undefined}
        error={undefined}
        stepLabel={step}
        onChange={(value) => set(value, 'merge')}
        onCommit={sealStep}
        onReset={() => set(field.default, 'record')}
      />
    );
  });
}
