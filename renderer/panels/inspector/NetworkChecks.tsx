import { validSizesInWords } from '../../../shared/diagnose/inputSizes';
import { noChecks } from '../../../shared/document/document';
import { useDocument } from '../../state/document';
import { useValidSizes } from '../../state/validSizes';
import { formatCount } from '../../ui/numbers';
import { ParsedField, type Parsed } from '../../ui/ParsedField';
import { Section } from './Section';

/** What the person wants to hold, and for which input sizes the network does. */
export function NetworkChecks() {
  const maximum = useDocument((state) => state.document.checks?.maxParameters) ?? null;
  const sizes = useValidSizes();
  return (
    <Section title="Checks">
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="w-25 shrink-0 text-secondary">Parameters</span>
        <ParsedField
          label="Most parameters"
          value={maximum}
          format={(value) => (value === null ? '' : formatCount(value))}
          parse={parseBudget}
          placeholder="no limit"
          onChange={setBudget}
          commitOnly
          mono
          className="basis-[6.5rem]"
        />
      </div>
      {sizes && <p className="mt-2 text-sm text-secondary select-text">{validSizesInWords(sizes)}</p>}
    </Section>
  );
}

function parseBudget(text: string): Parsed<number | null> {
  const digits = text.replaceAll(/[\s,_]/g, '');
  if (digits === '') return { ok: true, value: null };
  return /^\d{1,15}$/.test(digits) ? { ok: true, value: Number(digits) } : { ok: false, error: 'A whole number, or nothing for no limit.' };
}

function setBudget(maxParameters: number | null): void {
  useDocument.getState().edit(
    'Set the most parameters',
    (document) => {
      const { off } = document.checks ?? noChecks;
      return { ...document, checks: { off, ...(maxParameters === null ? {} : { maxParameters }) } };
    },
    'record',
  );
}
