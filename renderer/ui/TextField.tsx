import { ParsedField, type Parsed, type ParsedFieldProps } from './ParsedField';

type TextFieldProps = Omit<ParsedFieldProps<string>, 'format' | 'parse' | 'step'> & {
  /** What is wrong with the text, or undefined where nothing is. */
  readonly check?: (text: string) => string | undefined;
};

export function TextField({ check, ...props }: TextFieldProps) {
  function parse(text: string): Parsed<string> {
    const error = check?.(text);
    return error === undefined ? { ok: true, value: text } : { ok: false, error };
  }
  return <ParsedField {...props} format={(text) => text} parse={parse} />;
}
