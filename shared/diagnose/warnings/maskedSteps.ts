import { isKnown } from '../../graph/dim';
import { masksIn } from '../../infer/masks';
import { MOST_UNROLLED, tooManyMasked } from '../../layers/recurrent/_sequence';
import type { Rule } from './look';

/** A sequence that would only be read without its mask: an LSTM reads thousands of steps in one operation, which knows none. */
export const maskedSteps: Rule = {
  code: 'shape/masked-steps',
  types: ['lstm', 'bidirectional'],
  sees: 'before',
  look({ flat, order }, { path }, { inputs }) {
    const steps = inputs['x']?.shape[1];
    if (steps === undefined || !isKnown(steps) || steps <= MOST_UNROLLED) return undefined;
    const source = flat.incoming.get(path)?.[0]?.from.node;
    if (source === undefined || !masksIn(flat, order).masked.has(source)) return undefined;
    return { code: this.code, severity: 'error', message: tooManyMasked(steps) };
  },
};
