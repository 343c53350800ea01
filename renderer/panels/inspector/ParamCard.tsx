import type { ParamField } from '../../../shared/layers/paramFields';
import { createCardHandle, SharedCard, type CardHandle } from '../../ui/HoverCard';
import { formatBounds, formatParam } from './formatParam';

/** The card of all parameters, wherever their fields are. */
export const paramCards: CardHandle<ParamField> = createCardHandle();

export function ParamCards() {
  return <SharedCard handle={paramCards} cardOf={(field) => <ParamCard field={field} />} />;
}

/** What one parameter is: meaning, default, bounds, and its name in PyTorch. */
function ParamCard({ field }: { readonly field: ParamField }) {
  const { label, description, torch, torchNote, unit, control } = field;
  const bounds = formatBounds(control);
  return (
    <div className="flex max-w-64 flex-col gap-1.5">
      <p className="font-semibold">{label}</p>
      {description && <p className="text-secondary">{description}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {field.default !== undefined && <Line name="Default" value={formatParam(field.default)} />}
        {bounds && <Line name="Range" value={unit ? `${bounds} ${unit}` : bounds} />}
        {torch && <Line name="PyTorch" value={torch} />}
      </dl>
      {torchNote && <p className="text-secondary">{torchNote}</p>}
    </div>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt className="text-secondary">{name}</dt>
      <dd className="min-w-0 font-mono break-words select-text">{value}</dd>
    </>
  );
}

/** The same in one sentence, for those who hear the form. */
export function describeParam({ description, torch, torchNote }: ParamField): string {
  return [description, torch && `In PyTorch: ${torch}.`, torchNote].filter(Boolean).join(' ');
}
