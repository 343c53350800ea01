interface LineSampleProps {
  /** The variable of its colour. */
  readonly colour: string;
  readonly isDashed?: boolean;
}

/** A piece of a line as it is drawn in a chart. */
export function LineSample({ colour, isDashed = false }: LineSampleProps) {
  return (
    <svg
      aria-hidden
      width="18"
      height="8"
      className="shrink-0 self-center"
      data-line={isDashed ? 'dashed' : 'solid'}
      style={{ color: `var(${colour})` }}
    >
      <path d="M0 4H18" stroke="currentColor" strokeWidth="2.5" strokeDasharray={isDashed ? '5 3' : undefined} />
    </svg>
  );
}
