import type { SkipDocument } from '../../document/document';
import type { Problem, Repair } from '../../graph/problem';
import type { NetworkAnalysis } from '../../infer/analysis';
import { blocks } from './blocks';
import { channelsOrder } from './channelsOrder';
import { comeBack } from './comeBack';
import { divisible } from './divisible';
import { elements } from './elements';
import { finished, type Steps } from '../steps';
import { fitFeatures } from './fitFeatures';
import { fixedSizes } from './fixedSizes';
import { inputSize } from './inputSize';
import { insertBehind, insertLike } from './insertLike';
import { keepSize } from './keepSize';
import { otherBorder } from './otherBorder';
import { otherKind } from './otherKind';
import { parameters } from './parameters';
import { joinedAsSequence } from './joinedAsSequence';
import { otherPath } from './otherPath';
import { padThenProject } from './padThenProject';
import type { Plan, Repairer, Site } from './plan';
import { preprocessing } from './preprocessing';
import { project } from './project';
import { practice } from './practice';
import { prove, type Proven } from './prove';
import { rank } from './rank';
import { remove } from './remove';
import { reshapePath } from './reshapePath';
import { rewire } from './rewire';
import { sequences } from './sequences';
import { shorter } from './shorter';
import { stackedRecurrent } from './stackedRecurrent';
import { strayWires } from './strayWires';
import { targetShape } from './targetShape';
import { unknownPorts } from './unknownPorts';
import { wiring } from './wiring';

/** Every kind of repair. A new one is one file and one line here. */
const repairers: readonly Repairer[] = [
  project,
  fitFeatures,
  reshapePath,
  rank,
  joinedAsSequence,
  sequences,
  stackedRecurrent,
  targetShape,
  channelsOrder,
  comeBack,
  otherBorder,
  otherPath,
  keepSize,
  padThenProject,
  parameters,
  remove,
  rewire,
  strayWires,
  insertLike,
  insertBehind,
  inputSize,
  fixedSizes,
  otherKind,
  divisible,
  elements,
  shorter,
  wiring,
  unknownPorts,
  blocks,
  practice,
  preprocessing,
];

/** Plans that are tried; each costs an inference of what it changes. */
const TRIED = 400;
/** More than a dozen nobody reads. */
const OFFERED = 12;

const remembered = new WeakMap<NetworkAnalysis, Map<string, readonly Proven[]>>();

/**
 * What mends a problem, the fittest first, then the cheapest; every one was applied to a copy, which then had neither
 * this problem nor a new one. Pure; remembered by the analysis' identity.
 */
export function repairsFor(document: SkipDocument, analysis: NetworkAnalysis, problem: Problem): readonly Repair[] {
  return offered(allProven({ document, analysis, problem }));
}

/** Of all plans that hold, those that a person is shown. */
export function offered(proven: readonly Proven[]): readonly Repair[] {
  return proven.slice(0, OFFERED).map(offer);
}

/** A proven plan as it is offered: plain data, without the network that it leaves. */
export function offer({ id, title, edits, cost, note, reveals }: Proven): Repair {
  return { id, title, edits, cost, ...(note === undefined ? {} : { note }), reveals };
}

/** Every plan that holds, with what the network would be after it. */
export function allProven(site: Site): readonly Proven[] {
  return finished(provenInSteps(site));
}

/**
 * The same in steps. The fittest plans are tried first: who has had enough early has the best of them, which are not remembered, so
 * that nobody else takes them for all.
 */
export function* provenInSteps(site: Site): Steps<readonly Proven[]> {
  const known = remembered.get(site.analysis) ?? new Map<string, readonly Proven[]>();
  remembered.set(site.analysis, known);
  const before = known.get(site.problem.id);
  if (before) return before;
  const { repairs, isWhole } = yield* search(site);
  if (isWhole) known.set(site.problem.id, repairs);
  return repairs;
}

interface Found {
  readonly repairs: readonly Proven[];
  /** Every plan was tried. */
  readonly isWhole: boolean;
}

function* search(site: Site): Steps<Found> {
  const plans: Plan[] = [];
  for (const repairer of repairers) {
    const found = repairer(site);
    plans.push(...('next' in found ? yield* found : found));
    yield;
  }
  const proven: Proven[] = [];
  let isWhole = true;
  for (const plan of unique(plans).slice(0, TRIED)) {
    const found = prove(site, plan);
    if (found) proven.push(found);
    const isEnough = yield;
    if (!isEnough || proven.every(({ reveals }) => reveals.length > 0)) continue;
    isWhole = false;
    break;
  }
  // Where a plan leaves nothing wrong, those that only move on to the next problem are no help.
  const clean = proven.filter(({ reveals }) => reveals.length === 0);
  return { repairs: (clean.length > 0 ? clean : proven).sort((a, b) => scoreOf(a) - scoreOf(b)), isWhole };
}

function unique(plans: readonly Plan[]): readonly Plan[] {
  const seen = new Set<string>();
  return plans
    .toSorted((a, b) => a.unfit - b.unfit)
    .filter(({ id, edits }) => {
      // What adds layers names them anew each time; values and wires are the same edit whoever thought of it.
      const key = edits.every(({ kind }) => kind === 'setParams' || kind === 'connect') ? JSON.stringify(edits) : id;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

/** Fitness decides; among plans as fit as each other, weights and work do. The lower, the better. */
export function scoreOf({ plan, cost, reveals }: Proven): number {
  const weight = Math.log10(1 + Math.max(0, cost.parameters)) / 20 + Math.log10(1 + Math.max(0, cost.macs)) / 60;
  return plan.unfit + weight + reveals.length * 0.5;
}
