import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { placeOf } from '../../commands/keyboard';
import { takeFocus } from '../../commands/lostFocus';
import { useTour } from '../../state/tour';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { placeCard } from './placeCard';
import { tourSteps, type TourStep } from './steps';

/** A card beside the part of the real editor that it tells of. The editor stays usable; Escape leaves wherever nothing else takes it. */
export function Tour() {
  const at = useTour((state) => state.step);
  return at === null ? null : <Step key={at} at={at} />;
}

function Step({ at }: { readonly at: number }) {
  const [steps] = useState(tourSteps);
  const step = steps[at];
  return step && <Card step={step} at={at} count={steps.length} />;
}

function Card({ step, at, count }: { readonly step: TourStep; readonly at: number; readonly count: number }) {
  const { go, leave } = useTour.getState();
  const card = useRef<HTMLDivElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const { box, place } = usePlace(step, card);
  const isLast = at === count - 1;
  useEffect(() => takeFocus(next.current, card.current), []);
  useLeaveOnEscape(card, leave);

  return (
    <>
      {box && (
        <div
          aria-hidden
          style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
          className="pointer-events-none fixed z-30 rounded-lg outline-2 -outline-offset-2 outline-(--accent)"
        />
      )}
      <div
        ref={card}
        role="dialog"
        aria-label={`Tour, step ${at + 1} of ${count}: ${step.title}`}
        style={place ?? { opacity: 0, left: 0, top: 0 }}
        className="fixed z-30 w-80 rounded-xl border border-line bg-raised p-4 shadow-float"
      >
        <div className="flex items-start gap-2">
          <h2 className="flex-1 text-lg font-semibold">{step.title}</h2>
          <IconButton
            label="Leave the tour"
            shortcut="Escape"
            icon={<X size="0.9375rem" aria-hidden />}
            onClick={leave}
            className="-mt-1 -mr-1"
          />
        </div>
        <p className="mt-1">{step.text}</p>
        <p className="mt-2 rounded-md bg-accent-soft px-2 py-1.5 text-sm">
          <span className="font-semibold">Try it: </span>
          {step.tryIt}
        </p>
        <div className="mt-3 flex items-center gap-2">
          <span className="flex-1 text-sm text-secondary">
            {at + 1} of {count}
          </span>
          {at > 0 && (
            <Button variant="plain" onClick={() => go(at - 1)}>
              Back
            </Button>
          )}
          <Button ref={next} variant="primary" onClick={() => (isLast ? leave() : go(at + 1))}>
            {isLast ? 'Done' : 'Next'}
          </Button>
        </div>
      </div>
    </>
  );
}

/** What was to be tried comes first: a selection, a field or a dialog that the key takes back or closes. */
function useLeaveOnEscape(card: RefObject<HTMLDivElement | null>, leave: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      const isInCard = event.target instanceof Node && card.current?.contains(event.target);
      if (!isInCard && placeOf(event.target) === 'dialog') return;
      event.preventDefault();
      leave();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [card, leave]);
}

interface Placed {
  readonly box: DOMRect | null;
  readonly place: { readonly left: number; readonly top: number } | null;
}

/** Follows the anchor: panels fold, the canvas moves, the window changes its size. */
function usePlace(step: TourStep, card: RefObject<HTMLDivElement | null>): Placed {
  const [placed, setPlaced] = useState<Placed>({ box: null, place: null });
  useLayoutEffect(() => {
    step.show();
    let frame = 0;
    let last = '';
    const follow = () => {
      const anchor = step.anchors.map((selector) => document.querySelector(selector)).find((element) => element !== null);
      const box = anchor?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 3, 0, 0);
      const size = card.current?.getBoundingClientRect();
      const key = [box.left, box.top, box.width, box.height, size?.height, innerWidth, innerHeight].join();
      if (size && key !== last) {
        last = key;
        setPlaced({ box, place: placeCard(box, size, { width: innerWidth, height: innerHeight }, step.side) });
      }
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [step, card]);
  return placed;
}
