import { namesIn } from '../../../shared/blocks/expression/evaluate';
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

/** A value computed from the block's parameters: `= filters * 4`. What cannot be read is refused, with the character. */
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
  const source = text.replace(/^\s*=?\s*/, '').trim();
  const parsed = parseExpression(source);
  if (!parsed.ok) return { ok: false, error: `At character ${parsed.error.at + 1}: ${parsed.error.message}.` };
  const unknown = [...namesIn(source)].find((name) => !names.includes(name));
  if (unknown === undefined) return { ok: true, value: source };
  return {
    ok: false,
    error: `“${unknown}” is not known here. ${names.length > 0 ? `There are ${names.join(', ')}.` : 'The block has no parameters.'}`,
  };
}
