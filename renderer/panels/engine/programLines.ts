/** A line of a program's text, and whose it is. */
export interface ProgramLine {
  readonly text: string;
  /** The name of its layer; none of the loss and of what is between layers. */
  readonly layer: string | undefined;
  readonly isHeading: boolean;
}

const HEADING = /^ {2}# (.*)$/;
const VARIABLE = /^ {2}%\d+ = (?:weight|state) (.+)\/[^/]+ : /;
const OPERATION = /^ {2}%/;

/** The lines of a program as `printByLayer` writes it: layers stand above their operations, and in the names of their weights. */
export function programLines(text: string): readonly ProgramLine[] {
  let heading: string | undefined;
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const named = HEADING.exec(line)?.[1];
      if (named !== undefined) heading = named;
      const layer = VARIABLE.exec(line)?.[1] ?? (named !== undefined || OPERATION.test(line) ? heading : undefined);
      return { text: line, layer, isHeading: named !== undefined };
    });
}

/** The numbers of the lines with a text in them, whatever its case; none for an empty one. */
export function linesWith(lines: readonly ProgramLine[], query: string): readonly number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap(({ text }, index) => (text.toLowerCase().includes(wanted) ? [index] : []));
}
