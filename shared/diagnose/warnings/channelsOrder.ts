import { otherOrder } from '../channelsOrder';
import type { Rule } from './look';

/** An image of one or three rows and as many columns as channels: data with its channels at the other end. */
export const channelsOrder: Rule = {
  code: 'practice/channels-order',
  types: ['input'],
  sees: 'own',
  look({ flat }, { params: { shape } }) {
    const turned = otherOrder(shape, flat.dataFormat);
    if (!turned) return undefined;
    const isLast = flat.dataFormat === 'channelsLast';
    const given = shape as readonly number[];
    const few = given.at(isLast ? 0 : -1) ?? 0;
    const side = `${isLast ? 'row' : 'column'}${few === 1 ? '' : 's'}`;
    return {
      code: this.code,
      param: 'shape',
      message: `channels stand ${isLast ? 'last' : 'first'} in this network, so ${given.join('×')} is an image of ${given.at(isLast ? -1 : 0) ?? ''} channels and ${few} ${side}. If the data has its channels at the other end, write ${turned.join('×')}, and hand it over so.`,
    };
  },
};
