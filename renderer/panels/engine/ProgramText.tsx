import { useEffect, useMemo, useRef, useState } from 'react';
import { classes } from '../../ui/classes';
import { windowOf } from '../outline/windowOf';
import { LayerLink } from './LayerLink';
import type { ProgramLine } from './programLines';
import type { Found } from './useFound';

/** Height of a line of the base text size, in rem. */
const LINE = 1.4375;

interface ProgramTextProps {
  readonly lines: readonly ProgramLine[];
  readonly query: string;
  readonly found: Found;
}

/** The lines that are in sight, of as many as there are; a layer's name leads to the layer on the canvas. */
export function ProgramText({ lines, query, found }: ProgramTextProps) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400 });
  const height = LINE * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [from, to] = windowOf(view.top, view.height, height, lines.length);
  const current = found.lines[found.at];
  const matches = useMemo(() => new Set(found.lines), [found.lines]);
  const longest = useMemo(() => lines.reduce((most, { text }) => Math.max(most, text.length), 0), [lines]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [lines]);
  useEffect(() => {
    const element = box.current;
    if (current === undefined || !element) return;
    const top = current * height;
    if (top < element.scrollTop || top + height > element.scrollTop + element.clientHeight)
      element.scrollTo({ top: Math.max(0, top - element.clientHeight / 3) });
  }, [current, height]);

  return (
    <div
      ref={box}
      // What scrolls must be reached by keys.
      tabIndex={0}
      role="region"
      aria-label="The program’s text"
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) => setView({ top: scrollTop, height: clientHeight })}
      className="h-[max(14rem,calc(100vh-32rem))] overflow-auto rounded-lg border border-line bg-canvas py-2 font-mono text-xs select-text"
    >
      <div style={{ height: lines.length * height, minWidth: `${longest + 4}ch` }} className="relative">
        {lines.slice(from, to).map((line, index) => (
          <div
            key={from + index}
            style={{ top: (from + index) * height, height, lineHeight: `${height}px` }}
            className={classes('absolute inset-x-0 px-3 whitespace-pre', from + index === current && 'bg-accent-soft')}
          >
            <Line line={line} query={matches.has(from + index) ? query.trim() : ''} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Line({ line: { text, layer, isHeading }, query }: { readonly line: ProgramLine; readonly query: string }) {
  if (isHeading && layer !== undefined)
    return (
      <LayerLink layer={layer} className="font-semibold whitespace-pre text-secondary">
        <Marked text={text} query={query} />
      </LayerLink>
    );
  const [, before = text, type = ''] = /^(.*?)( : .*)$/.exec(text) ?? [];
  return (
    <>
      <Marked text={before} query={query} />
      <span className="text-accent-text">
        <Marked text={type} query={query} />
      </span>
    </>
  );
}

/** A text with what was looked for marked in it. */
function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return text;
  const end = at + query.length;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-xs bg-(--amber-5) text-ink">{text.slice(at, end)}</mark>
      <Marked text={text.slice(end)} query={query} />
    </>
  );
}
