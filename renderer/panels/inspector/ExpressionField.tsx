import { placesOfNames } from '../../../shared/blocks/expression/evaluate';
import { parseExpression } from '../../../shared/blocks/expression/parse';
import type { ParamValue } from '../../../shared/graph/graph';
import { ParsedField, type Parsed } from '../../ui/ParsedField';

interface ExpressionFieldProps {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  /** What an expression may use here. */
  readonly names: readonly string[];
  readonly onChange: (value: ParamValue) => void;
  readonly onCommit: () => void;
}

/** A value computed from the block's parameters: `= filters * 4`. What cannot be read is refused, and the cursor goes to the character. */
export function ExpressionField({ id, label, source, names, onChange, onCommit }: ExpressionFieldProps) {
  return (
    <ParsedField
      id={id}
      label={`${label}, computed`}
      mono
      commitOnly
      value={source}
      format={(text) => `= ${text}`}
      parse={(text) => parseSource(text, names)}
      onChange={(text) => onChange({ $: text })}
      onCommit={onCommit}
    />
  );
}

function parseSource(text: string, names: readonly string[]): Parsed<string> {
  const start = /^\s*=?\s*/.exec(text)?.[0].length ?? 0;
  const source = text.slice(start).trimEnd();
  const refused = (at: number, length: number, message: string): Parsed<string> => {
    const error = `At character ${start + at + 1}: ${message}.`;
    return { ok: false, error, isUnfinished: at >= source.length, at: { start: start + at, end: start + at + length } };
  };
  const parsed = parseExpression(source);
  if (!parsed.ok) return refused(parsed.error.at, 1, parsed.error.message);
  const unknown = [...placesOfNames(source)].find(([name]) => !names.includes(name));
  if (!unknown) return { ok: true, value: source };
  const [name, at] = unknown;
  const others = names.length > 0 ? `there are ${names.join(', ')}` : 'the block has no parameters';
  return refused(at, name.length, `“${name}” is not known here; ${others}`);
}
