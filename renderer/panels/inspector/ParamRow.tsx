import { FunctionSquare, RotateCcw } from 'lucide-react';
import { useId, type PointerEvent } from 'react';
import { isExpression } from '../../../shared/document/document';
import type { ParamValue } from '../../../shared/graph/graph';
import { useDocument } from '../../state/document';
import { besideLabel } from '../../ui/besideLabel';
import { classes } from '../../ui/classes';
import { SharedCardTrigger } from '../../ui/HoverCard';
import { startScrub } from '../../ui/scrub';
import { Tooltip } from '../../ui/Tooltip';
import { ExpressionField } from './ExpressionField';
import { formatParam } from './formatParam';
import { describeParam, paramCards } from './ParamCard';
import { ParamInput } from './ParamInput';
import { sameValue, type ParamField } from '../../../shared/layers/paramFields';
import { stepParam } from './stepParam';

interface ParamRowProps {
  readonly field: ParamField;
  readonly value: ParamValue | undefined;
  readonly error: string | undefined;
  /** Name of the step of undo. */
  readonly stepLabel: string;
  /** Of several layers at once, with how many. */
  readonly count?: string | undefined;
  /** What a computed value may use here: the block's parameters. None: values are not computed here. */
  readonly names?: readonly string[];
  /** Undefined: back to what it was where several layers differed. */
  readonly onChange: (value: ParamValue | undefined) => void;
  readonly onCommit: () => void;
  readonly onReset: () => void;
}

/** Characters of an expression that are seen beside its label; longer ones stand below it. */
const SHORT = 8;

/** Name, control, and the way back to the default where the value differs from it. */
export function ParamRow({ field, value, error, stepLabel, count, names = [], onChange, onCommit, onReset }: ParamRowProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const hint = describeParam(field);
  const isChanged = field.default !== undefined && !sameValue(value, field.default);
  const isLong = isExpression(value) && value.$.length > SHORT;
  const hasSteps = stepParam(field.control, value, 0, false) !== undefined;
  return (
    <div className="flex flex-wrap items-start gap-x-2">
      <ParamLabel
        htmlFor={id}
        field={field}
        count={count}
        onPress={hasSteps ? (event) => scrub(event, field, value, stepLabel, onChange) : undefined}
      />
      {hint && (
        <span id={hintId} className="sr-only">
          {hint}
        </span>
      )}
      <div className={isLong ? 'flex min-w-0 basis-full gap-2' : besideLabel}>
        <div className="flex min-w-0 flex-1">
          {isExpression(value) ? (
            <ExpressionField id={id} label={field.label} source={value.$} names={names} onChange={onChange} onCommit={onCommit} />
          ) : (
            <ParamInput
              id={id}
              label={field.label}
              control={field.control}
              value={value}
              error={error}
              describedBy={hint && hintId}
              unit={field.unit}
              isMany={count !== undefined}
              onChange={onChange}
              onCommit={onCommit}
            />
          )}
        </div>
        {names.length > 0 && (
          <span className="-mx-1 flex h-7 w-6 shrink-0 items-center">
            {!isExpression(value) && (
              <ComputeButton label={field.label} names={names} value={value} onChange={onChange} onCommit={onCommit} />
            )}
          </span>
        )}
        <span className="-mx-1 flex h-7 w-6 shrink-0 items-center">
          {isChanged && (
            <Tooltip label={`Reset to ${formatParam(field.default)}`} hint="It differs from the default.">
              <button
                type="button"
                aria-label={`Reset ${field.label} to ${formatParam(field.default)}`}
                onClick={onReset}
                className="grid size-6 place-items-center rounded-sm text-secondary hover:text-ink"
              >
                <RotateCcw size="0.8125rem" aria-hidden />
              </button>
            </Tooltip>
          )}
        </span>
      </div>
    </div>
  );
}

interface ParamLabelProps {
  readonly htmlFor: string;
  readonly field: ParamField;
  readonly count: string | undefined;
  readonly onPress: ((event: PointerEvent) => void) | undefined;
}

/** The name of a parameter, which shows the card that all of them share. */
function ParamLabel({ htmlFor, field, count, onPress }: ParamLabelProps) {
  return (
    <SharedCardTrigger handle={paramCards} about={field}>
      <label
        htmlFor={htmlFor}
        onPointerDown={onPress}
        className={classes('w-25 shrink-0 pt-1 leading-5 text-secondary', onPress && 'cursor-ew-resize touch-pan-y select-none')}
      >
        {field.label}
        {count && <span className="block text-xs">{count}</span>}
      </label>
    </SharedCardTrigger>
  );
}

/** A drag over the label: one step of undo, and Escape takes it back. */
function scrub(
  event: PointerEvent,
  { control }: ParamField,
  start: ParamValue | undefined,
  label: string,
  onChange: ParamRowProps['onChange'],
) {
  const { beginGesture, endGesture, cancelGesture } = useDocument.getState();
  let value = start;
  startScrub(event, {
    onStart: () => beginGesture(label),
    onStep(by, toPower) {
      value = stepParam(control, value, by, toPower);
      if (value !== undefined) onChange(value);
    },
    onEnd: endGesture,
    onCancel: cancelGesture,
  });
}

interface ComputeButtonProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: ParamValue | undefined;
  readonly onChange: ParamRowProps['onChange'];
  readonly onCommit: ParamRowProps['onCommit'];
}

/** Lets a value be computed from the block's parameters instead. */
function ComputeButton({ label, names, value, onChange, onCommit }: ComputeButtonProps) {
  const compute = () => {
    onChange({ $: typeof value === 'number' ? String(value) : (names[0] ?? '0') });
    onCommit();
  };
  return (
    <Tooltip label="Compute it" hint={`From ${names.join(', ')}.`}>
      <button
        type="button"
        aria-label={`Compute ${label}`}
        onClick={compute}
        className="grid size-6 place-items-center rounded-sm text-secondary hover:text-ink"
      >
        <FunctionSquare size="0.875rem" aria-hidden />
      </button>
    </Tooltip>
  );
}
