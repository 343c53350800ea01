import type { FocusEvent } from 'react';
import { goToArea } from '../commands/areas';
import { enterGraph } from '../commands/walking';
import type { Spot } from '../state/session';
import { useAtHand } from './showing';

/** Frames that a spot may take to be drawn: another graph, or a view that moved. */
const PATIENCE = 40;

/** Counts the wishes: a later one makes an earlier one, for which nothing was drawn yet, void. */
let wish = 0;
/** What is to have the focus as soon as it is drawn. */
let awaited: Spot | null = null;
/** The canvas itself gets the focus for want of the spot. */
let isWaiting = false;

/** What of the canvas has the focus, or will have it: the next key is meant for it. */
export function focusedSpot(container: HTMLElement | null): Spot | null {
  const active = document.activeElement;
  if (!container?.contains(active) || !(active instanceof Element)) return null;
  return awaited ?? spotOf(active);
}

function spotOf(active: Element): Spot | null {
  const port = active.closest<HTMLElement>('.react-flow__handle');
  if (port) {
    const { nodeid = '', handleid = '' } = port.dataset;
    return { kind: 'port', node: nodeid, port: handleid, side: port.classList.contains('source') ? 'output' : 'input' };
  }
  const edge = active.closest<SVGElement>('.react-flow__edge')?.dataset['id'];
  if (edge !== undefined) return { kind: 'wire', edge };
  const node = active.closest<HTMLElement>('.react-flow__node-layer')?.dataset['id'];
  return node === undefined ? null : { kind: 'layer', node };
}

/** Gives a spot the focus as soon as it is drawn; the canvas itself until then, so that no key is lost. */
export function focusSpot(container: HTMLElement | null, spot: Spot | undefined): void {
  wish += 1;
  const mine = wish;
  awaited = null;
  if (!container) return;
  if (spot) useAtHand.setState({ spot });
  const root = container.querySelector<HTMLElement>('.react-flow');
  let frames = 0;
  const attempt = () => {
    if (mine !== wish) return;
    const element = spot && container.querySelector<HTMLElement | SVGElement>(selectorOf(spot));
    awaited = spot && !element && frames < PATIENCE ? spot : null;
    if (element) return element.focus({ preventScroll: true });
    // What had the focus may be taken off while the spot is awaited.
    if (frames === 0 ? !container.contains(document.activeElement) : document.activeElement === document.body) wait(root);
    frames += 1;
    if (awaited) requestAnimationFrame(attempt);
  };
  attempt();
}

/** Gives the focus to the canvas itself, as for something that is about to go. */
export function restFocus(container: HTMLElement | null): void {
  wish += 1;
  awaited = null;
  wait(container?.querySelector<HTMLElement>('.react-flow') ?? null);
}

/** What has the focus may be taken off the canvas: its view moves on. The focus stays on the canvas, and comes back with the spot. */
export function keepFocus({ target, currentTarget, relatedTarget }: globalThis.FocusEvent): void {
  if (relatedTarget || !(target instanceof Element) || !(currentTarget instanceof HTMLElement)) return;
  const spot = spotOf(target);
  if (!spot) return;
  // It is told while the spot is being taken off.
  queueMicrotask(() => {
    if (!awaited && !target.isConnected && document.activeElement === document.body) focusSpot(currentTarget, spot);
  });
}

/** What has the focus stays an element when the pointer leaves it and all around it is painted. */
export function holdFocused({ currentTarget }: FocusEvent<HTMLElement>): void {
  const spot = focusedSpot(currentTarget);
  if (spot) useAtHand.setState({ spot });
}

function wait(root: HTMLElement | null): void {
  isWaiting = true;
  root?.focus({ preventScroll: true });
  isWaiting = false;
}

/** Tab came into the canvas: on to the layer that is selected, else the first one. Shift+Tab out of a layer goes on outwards. */
export function enterCanvas({ target, currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void {
  if (isWaiting || target !== currentTarget || !currentTarget.matches(':focus-visible')) return;
  if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) goToArea(-1);
  else enterGraph();
}

function selectorOf(spot: Spot): string {
  if (spot.kind === 'layer') return `.react-flow__node[data-id="${CSS.escape(spot.node)}"]`;
  if (spot.kind === 'wire') return `.react-flow__edge[data-id="${CSS.escape(spot.edge)}"]`;
  const side = spot.side === 'output' ? 'source' : 'target';
  return `.react-flow__handle.${side}[data-nodeid="${CSS.escape(spot.node)}"][data-handleid="${CSS.escape(spot.port)}"]`;
}
