import { ChevronDown, ChevronUp, type LucideIcon } from 'lucide-react';
import { useLayoutEffect, useRef, type PointerEvent } from 'react';
import { flushSync } from 'react-dom';
import { holdPress } from './holdPress';

export interface Steps {
  /** What is stepped, in words. */
  readonly label: string;
  /** So many steps on; with `toPower` to the next power of two. */
  readonly onStep: (by: number, toPower: boolean) => void;
  /** The end of one press, however many steps it was. */
  readonly onEnd: (() => void) | undefined;
}

interface FieldTailProps extends Steps {
  readonly unit: string | undefined;
}

/**
 * At the end of a number: its unit, and under the pointer two steppers, which go on while they are held; Shift and Alt are as with the
 * arrow keys. Not in the order of Tab: those do the same.
 */
export function FieldTail({ unit, ...steps }: FieldTailProps) {
  return (
    <>
      {unit && (
        <span className="hidden shrink-0 pr-2 text-sm text-secondary group-focus-within/field:hidden group-hover/field:hidden @[6.5rem]/field:block">
          {unit}
        </span>
      )}
      <span className="mr-0.5 hidden flex-col group-focus-within/field:flex group-hover/field:flex">
        <Stepper {...steps} name="More" by={1} icon={ChevronUp} />
        <Stepper {...steps} name="Less" by={-1} icon={ChevronDown} />
      </span>
    </>
  );
}

interface StepperProps extends Steps {
  readonly name: string;
  readonly by: 1 | -1;
  readonly icon: LucideIcon;
}

function Stepper({ label, name, by, icon: Icon, onStep, onEnd }: StepperProps) {
  // Each step of a press goes on from the value that the one before it has set.
  const latest = useRef({ onStep, onEnd });
  useLayoutEffect(() => {
    latest.current = { onStep, onEnd };
  });
  function press(event: PointerEvent<HTMLButtonElement>) {
    const { button, shiftKey, altKey, currentTarget } = event;
    if (button !== 0) return;
    // A field that is left takes what was typed, or gives it up: first that, then the step from what holds.
    flushSync(() => currentTarget.focus());
    holdPress(
      () => latest.current.onStep(shiftKey && !altKey ? by * 10 : by, altKey),
      () => latest.current.onEnd?.(),
    );
  }
  function click(detail: number) {
    // A press of the pointer has done its steps; what comes without one is a click of a program that reads the page aloud.
    if (detail !== 0) return;
    onStep(by, false);
    onEnd?.();
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${name} ${label}`}
      className="flex h-3 w-5 items-center justify-center rounded-sm text-secondary hover:bg-hover hover:text-ink"
      onPointerDown={press}
      onClick={({ detail }) => click(detail)}
    >
      <Icon size="0.6875rem" aria-hidden />
    </button>
  );
}
