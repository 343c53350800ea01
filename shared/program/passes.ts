import { holdBack } from './heldBack';
import { joinProducts } from './joinedProducts';
import { joinSides } from './joinedSides';
import type { Program } from './program';
import { prune } from './prune';

/** A step of the compiler from a program to one that computes the same. */
export interface Pass {
  readonly name: string;
  /** What the program is afterwards. */
  readonly title: string;
  run(program: Program): Program;
}

/** What is done to every program after it was written, in this order. What each gains is in docs/compiler.md; one without a gain is not kept. */
export const PASSES = [
  { name: 'deadCode', title: 'After dead code is gone', run: prune },
  { name: 'products', title: 'After sums of products are one product', run: joinProducts },
  { name: 'sides', title: 'After products over the same rows are one product', run: joinSides },
  { name: 'order', title: 'After it is ordered for memory', run: holdBack },
] as const satisfies readonly Pass[];

/** How far a program has come: before all passes, or after one of them. */
export type Stage = 'written' | (typeof PASSES)[number]['name'];

/** All of them in their order, in words. */
export const STAGES: readonly { readonly name: Stage; readonly title: string }[] = [
  { name: 'written', title: 'As the layers wrote it' },
  ...PASSES,
];

/** The program after all passes, or after those that are given. */
export function compiledBy(program: Program, passes: readonly Pass[] = PASSES): Program {
  return passes.reduce((before, pass) => pass.run(before), program);
}

/** The program at each of {@link STAGES}, from what the layers wrote. */
export function stagesOf(written: Program): readonly { readonly name: Stage; readonly title: string; readonly program: Program }[] {
  return STAGES.map((stage, index) => ({ ...stage, program: compiledBy(written, PASSES.slice(0, index)) }));
}
