import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import { isExpression } from '../../../shared/document/document';
import type { ParamValue } from '../../../shared/graph/graph';
import { Tooltip } from '../../ui/Tooltip';
import { ParamInput } from './ParamInput';
import { sameValue, type ParamField } from '../../../shared/layers/paramFields';

interface ParamRowProps {
  readonly field: ParamField;
  readonly value: ParamValue | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: ParamValue) => void;
  readonly onCommit: () => void;
  readonly onReset: () => void;
}

/** Name, control, and the way back to the default where the value differs from it. */
export function ParamRow({ field, value, error, onChange, onCommit, onReset }: ParamRowProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const isChanged = field.default !== undefined && !sameValue(value, field.default);
  return (
    <div className="flex items-start gap-2">
      <Tooltip label={field.label} hint={field.description} side="left">
        <label htmlFor={id} className="w-25 shrink-0 truncate pt-1 text-secondary">
          {field.label}
        </label>
      </Tooltip>
      {field.description && (
        <span id={hintId} className="sr-only">
          {field.description}
        </span>
      )}
      <div className="flex min-w-0 flex-1">
        {isExpression(value) ? (
          <Expression name={value.$} />
        ) : (
          <ParamInput
            id={id}
            label={field.label}
            control={field.control}
            value={value}
            error={error}
            describedBy={field.description && hintId}
            onChange={onChange}
            onCommit={onCommit}
          />
        )}
      </div>
      <span className="flex h-7 w-4 shrink-0 items-center">
        {isChanged && (
          <Tooltip label={`Reset to ${formatDefault(field.default)}`} hint="It differs from the default.">
            <button
              type="button"
              aria-label={`Reset ${field.label} to ${formatDefault(field.default)}`}
              onClick={onReset}
              className="rounded-sm text-secondary hover:text-ink"
            >
              <RotateCcw size={13} aria-hidden />
            </button>
          </Tooltip>
        )}
      </span>
    </div>
  );
}

/** Inside a block: the value that each instance gives. */
function Expression({ name }: { readonly name: string }) {
  return (
    <Tooltip label={`The block’s parameter “${name}”`} hint="Each instance of the block gives its own value.">
      <output className="flex h-7 items-center rounded-md border border-dashed border-line-strong px-2 font-mono text-sm text-secondary">
        = {name}
      </output>
    </Tooltip>
  );
}

function formatDefault(value: ParamValue | undefined): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.join(' × ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
