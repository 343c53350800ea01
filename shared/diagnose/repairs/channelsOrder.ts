import { otherOrder } from '../channelsOrder';
import { draftOf } from './draft';
import { inputsAbove } from './inputSize';
import { layerAt, type Plan, type Site } from './plan';

/** An image whose channels stand at the wrong end, as in data made for the other order: its rows are one or three. */
export function channelsOrder(site: Site): readonly Plan[] {
  const { dataFormat } = site.analysis.flat;
  return inputsAbove(site).flatMap((path): readonly Plan[] => {
    const layer = layerAt(site, path);
    const shape = layer?.params['shape'];
    const turned = otherOrder(shape, dataFormat);
    const draft = draftOf(site.document);
    if (!layer || !turned || !draft.set(path, { shape: turned })) return [];
    const end = dataFormat === 'channelsLast' ? 'last' : 'first';
    return [
      {
        id: `channelsOrder:${path}`,
        title: `Put the channels of ${layer.name} ${end}: ${(shape as readonly number[]).join('×')} → ${turned.join('×')}`,
        edits: draft.edits(),
        places: [{ node: path }],
        unfit: 0,
      },
    ];
  });
}
