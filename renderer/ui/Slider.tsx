interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly stepBy: number;
  readonly onChange: (value: number) => void;
  /** The end of one drag. */
  readonly onCommit: () => void;
}

/** A bounded number to be dragged, beside its field. Not in the order of Tab: the field's arrow keys do the same. */
export function Slider({ label, value, min, max, stepBy, onChange, onCommit }: SliderProps) {
  return (
    <input
      type="range"
      tabIndex={-1}
      aria-label={`${label}, slider`}
      value={value}
      min={min}
      max={max}
      step={stepBy}
      onChange={(event) => onChange(Number(event.target.value))}
      onPointerUp={onCommit}
      onKeyUp={onCommit}
      onBlur={onCommit}
      className="h-7 min-w-12 flex-1 accent-accent"
    />
  );
}
