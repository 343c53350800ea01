import { Scaling } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { validSizesInWords } from '../../../shared/diagnose/inputSizes';
import { breaksOf, sizesInWords, type Break, type SizeRange, type SweptSize } from '../../../shared/diagnose/sweep';
import { stopTrying, takeSize, trySize } from '../../commands/sizes';
import { useDocument } from '../../state/document';
import { usePreview } from '../../state/preview';
import { useSession } from '../../state/session';
import { useValidSizes } from '../../state/validSizes';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { NumberField } from '../../ui/NumberField';
import { countOf, formatLarge } from '../../ui/numbers';
import { SizeStrip } from './SizeStrip';
import { useSweep } from './useSweep';

/** An image of more pixels a side is none of a network; more sizes at once nobody looks at. */
const LARGEST = 4096;
const MOST = 1024;

/** For which sizes of its image the network works, what breaks first at the others, and what each would be. */
export function SizesPanel() {
  const document = useDeferredValue(useDocument((state) => state.document));
  const [range, setRange] = useState<SizeRange>({ from: 16, to: 256, step: 1 });
  const [chosen, setChosen] = useState<number | null>(null);
  const sweep = useSweep(document, range);
  const formula = useValidSizes();
  const shown = usePreview((state) => state.shown);
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => stopTrying, []);
  if (!sweep) {
    return (
      <EmptyState icon={<Scaling size="1.375rem" aria-hidden />} title="No sizes to try">
        A network with one image input – height, width and channels – can be looked at in other sizes here.
      </EmptyState>
    );
  }
  const { swept, isDone } = sweep;
  const at = shown ? (swept.find(({ size }) => size === chosen) ?? null) : null;
  function choose(size: number) {
    setChosen(size);
    trySize(size);
  }
  function leave() {
    stopTrying();
    strip.current?.focus();
  }
  function tryOne(size: number) {
    choose(size);
    // From there one walks on, and Escape leads back.
    strip.current?.focus();
  }
  return (
    <section aria-label="Input sizes" aria-busy={!isDone} className="flex flex-col gap-2.5 px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <RangeField label="From" value={range.from} onChange={(from) => setRange(within({ ...range, from }, 'from'))} />
        <RangeField label="to" value={range.to} onChange={(to) => setRange(within({ ...range, to }, 'to'))} />
        <RangeField label="by" value={range.step} onChange={(step) => setRange(within({ ...range, step }, 'step'))} />
        <p className="min-w-70 flex-1 text-sm select-text">
          <Works swept={swept} range={range} /> <span className="text-secondary">{formula && validSizesInWords(formula)}</span>
        </p>
      </div>
      <SizeStrip ref={strip} swept={swept} range={range} chosen={at?.size ?? null} onChoose={choose} onLeave={leave} />
      <Tried at={at} onLeave={leave} />
      <Breaks breaks={breaksOf(swept)} step={range.step} onTry={tryOne} />
    </section>
  );
}

/** A range of as many sizes as can be drawn; the end that was not set gives way. */
function within({ from, to, step }: SizeRange, set: keyof SizeRange): SizeRange {
  const [first, last] = set === 'to' ? [Math.min(from, to), to] : [from, Math.max(from, to)];
  const most = (MOST - 1) * step;
  if (last - first <= most) return { from: first, to: last, step };
  return set === 'to' ? { from: last - most, to: last, step } : { from: first, to: first + most, step };
}

interface RangeFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function RangeField({ label, value, onChange }: RangeFieldProps) {
  return (
    <div className="flex items-center gap-1.5">
      <span className="text-secondary">{label}</span>
      <div className="w-20">
        <NumberField label={`Sizes ${label.toLowerCase()}`} value={value} min={1} max={LARGEST} integer commitOnly onChange={onChange} />
      </div>
    </div>
  );
}

function Works({ swept, range }: { readonly swept: readonly SweptSize[]; readonly range: SizeRange }) {
  const working = swept.filter(({ errors }) => errors.length === 0).map(({ size }) => size);
  const which = working.length === 0 || working.length === swept.length ? '' : `: ${sizesInWords(working, range.step, 6)}`;
  return (
    <span className="font-medium text-ink">
      {working.length} of {countOf(swept.length, 'size')} work{which}.
    </span>
  );
}

interface TriedProps {
  readonly at: SweptSize | null;
  /** Back to the document's own size, and to the strip. */
  readonly onLeave: () => void;
}

/** The size that the canvas shows; the document keeps its own until it is taken over. */
function Tried({ at, onLeave }: TriedProps) {
  if (!at) return <p className="text-sm text-secondary">Press a size to try it on the canvas. The network keeps its own.</p>;
  const [first] = at.errors;
  const words = first ? `${countOf(at.errors.length, 'error')}: ${first.message}` : `works, ${formatLarge(at.macs)} MACs`;
  return (
    <div className="flex items-center gap-2 text-sm">
      <span className="shrink-0 font-semibold">
        Trying {at.size}×{at.size}
      </span>
      <span title={words} className="min-w-0 truncate text-secondary">
        {words}
      </span>
      <Button
        onClick={() => {
          takeSize(at.size);
          onLeave();
        }}
        className="ml-auto"
      >
        Use this size
      </Button>
      <Button variant="plain" onClick={onLeave}>
        Back
      </Button>
    </div>
  );
}

interface BreaksProps {
  readonly breaks: readonly Break[];
  readonly step: number;
  readonly onTry: (size: number) => void;
}

function Breaks({ breaks, step, onTry }: BreaksProps) {
  const reveal = useSession((state) => state.reveal);
  if (breaks.length === 0) return null;
  return (
    <ul aria-label="What breaks" className="flex flex-col gap-1 text-sm">
      {breaks.map(({ problem, sizes }) => (
        <li key={problem.id} className="flex items-baseline gap-2">
          <button
            type="button"
            onClick={() => reveal(problem.node)}
            className="shrink-0 rounded-sm font-semibold text-accent-text hover:underline"
          >
            {problem.path || 'The network'}
          </button>
          <span className="shrink-0">breaks first at {sizesInWords(sizes, step, 5)}.</span>
          <span title={problem.message} className="min-w-0 truncate text-secondary">
            At {sizes[0]}: {problem.message}
          </span>
          <Button variant="plain" onClick={() => onTry(sizes[0] as number)} aria-label={`Try ${sizes[0] ?? ''}`} className="h-5! text-sm">
            Try {sizes[0]}
          </Button>
        </li>
      ))}
    </ul>
  );
}
