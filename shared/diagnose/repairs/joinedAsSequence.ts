import { isKnown } from '../../graph/dim';
import { formatShape } from '../../graph/tensor';
import { draftOf, type NewLayer } from './draft';
import { layerAt, pathInTitle, rowsOf, type Plan, type Row, type Site } from './plan';
import { isFreeAxis } from './sizes';

/** A row and a sequence that meet: the row at each step, or as a step of its own; or the sequence as a row. */
export function joinedAsSequence(site: Site): readonly Plan[] {
  const rows = rowsOf(site);
  const [row, sequence] = [rows.find(({ shape }) => shape.length === 2), rows.find(({ shape }) => shape.length === 3)];
  if (!site.problem.code.endsWith('-rank') || rows.length !== 2 || !row || !sequence) return [];
  const [features, steps, channels] = [row.shape[1], sequence.shape[1], sequence.shape[2]];
  if (![features, steps, channels].every((size) => size !== undefined && isKnown(size))) return [];
  const sizes = { features: features as number, steps: steps as number, channels: channels as number };
  return [asOneStep(site, row, sizes), atEachStep(site, row, sizes), ...asRow(site, sequence, row, sizes)].filter(
    (plan) => plan !== undefined,
  );
}

interface Sizes {
  readonly features: number;
  readonly steps: number;
  readonly channels: number;
}

/** What describes a whole sequence stands before its steps, as the picture before the words of its caption. */
function asOneStep(site: Site, row: Row, { features, channels }: Sizes): Plan | undefined {
  const { node } = site.problem;
  const draft = draftOf(site.document);
  if (!isFreeAxis(site) || features !== channels || !draft.set(node, { axis: 1 })) return undefined;
  return put(site, row, draft, [{ type: 'reshape', name: 'as_step', params: { targetShape: [1, features] } }], {
    kind: 'asOneStep',
    title: `Join along the steps: reshape ${pathInTitle(row)} to one step, 1×${features}, and axis 1`,
    unfit: 0.4,
  });
}

function atEachStep(site: Site, row: Row, { features, steps, channels }: Sizes): Plan | undefined {
  const isFitting = isFreeAxis(site) || features === channels;
  const fit: readonly NewLayer[] = isFitting ? [] : [{ type: 'dense', name: 'fit', params: { units: channels } }];
  return put(site, row, draftOf(site.document), [...fit, { type: 'repeatVector', name: 'repeat', params: { n: steps } }], {
    kind: 'atEachStep',
    title: `Give ${pathInTitle(row)} to each of the ${steps} steps: ${isFitting ? '' : `dense ${channels}, then `}repeatVector ${steps}`,
    unfit: 0.6,
  });
}

/** The sequence's last step, where a recurrent layer makes it, or its mean; or all of it, one step after the other. */
function asRow(site: Site, sequence: Row, row: Row, { features, steps, channels }: Sizes): readonly (Plan | undefined)[] {
  const fitted = (made: number): readonly NewLayer[] =>
    isFreeAxis(site) || made === features ? [] : [{ type: 'dense', name: 'fit', params: { units: features } }];
  const thenFitted = (made: number) => (fitted(made).length === 0 ? '' : `, then dense ${features}`);
  const way = pathInTitle(sequence);
  return [
    lastStep(site, sequence, row),
    put(site, sequence, draftOf(site.document), [{ type: 'globalAveragePooling1d', name: 'pool' }, ...fitted(channels)], {
      kind: 'meanOfSteps',
      title: `Average ${way} over its steps${thenFitted(channels)}`,
      unfit: 0.5,
    }),
    put(site, sequence, draftOf(site.document), [{ type: 'flatten', name: 'flatten' }, ...fitted(steps * channels)], {
      kind: 'flattenSteps',
      title: `Flatten ${way} (${formatShape(sequence.shape)})${thenFitted(steps * channels)}`,
      unfit: 0.7,
    }),
  ];
}

function lastStep(site: Site, sequence: Row, row: Row): Plan | undefined {
  const layer = layerAt(site, sequence.path.from);
  const draft = draftOf(site.document);
  if (layer?.params['returnSequences'] !== true || !draft.set(layer.path, { returnSequences: false })) return undefined;
  return {
    id: `lastStep:${sequence.port}:${row.port}`,
    title: `Take the last step of ${layer.name} only: returnSequences off`,
    edits: draft.edits(),
    places: [{ node: layer.path }],
    unfit: 0.3,
  };
}

function put(
  site: Site,
  { port }: Row,
  draft: ReturnType<typeof draftOf>,
  layers: readonly NewLayer[],
  { kind, title, unfit }: { readonly kind: string; readonly title: string; readonly unfit: number },
): Plan | undefined {
  const { node } = site.problem;
  if (!draft.insert(node, port, layers)) return undefined;
  return { id: `${kind}:${port}`, title, edits: draft.edits(), places: [{ into: node, port }], unfit };
}
