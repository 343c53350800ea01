import type { ParamValue } from '../../graph/graph';
import { draftOf, storedParam } from './draft';
import { aims, layerAt, pathInTitle, rowsOf, type Plan, type Site } from './plan';
import { extentOf, filtersInWords, isFreeAxis, takesBorder } from './sizes';

/** Makes one path keep its size: with padding where its windows take the border off, or with strides 1 and the other's channels. */
export function keepSize(site: Site): readonly Plan[] {
  return [...padAlike(site), ...withoutStrides(site)];
}

/** The same padding in all convolutions of a path that have none. */
function padAlike(site: Site): readonly Plan[] {
  return rowsOf(site).flatMap((row) => {
    const draft = draftOf(site.document);
    const padded = row.path.nodes.filter((path) => takesBorder(layerAt(site, path)?.params ?? {}) && draft.set(path, { padding: 'same' }));
    if (padded.length < 2) return [];
    const names = padded.map((path) => layerAt(site, path)?.name.split('/').at(-1) ?? path);
    return [
      {
        id: `padAlike:${row.port}`,
        title: `Keep the size on ${pathInTitle(row)}: padding same in ${names.join(', ')}`,
        edits: draft.edits(),
        places: padded.map((node) => ({ node })),
        // A residual block is to keep its size; a U-Net without padding is one on purpose.
        unfit: isFreeAxis(site) ? 1.2 : 0.9,
      },
    ];
  });
}

/** Makes the main path keep the size that the shortcut brings: strides 1, and the shortcut's channels from all its convolutions. */
function withoutStrides(site: Site): readonly Plan[] {
  return aims(site).flatMap(({ target, others }) => {
    const [row] = others;
    const to = extentOf(site, target.shape);
    if (!row || others.length > 1 || !to) return [];
    const draft = draftOf(site.document);
    const changed: string[] = [];
    const kinds = new Set<string>();
    const places = row.path.nodes.flatMap((path) => {
      const values = keeping(site, path, to.channels);
      if (Object.keys(values).length === 0 || !draft.set(path, values)) return [];
      Object.keys(values).forEach((param) => kinds.add(param));
      changed.push(layerAt(site, path)?.name.split('/').at(-1) ?? path);
      return [{ node: path }];
    });
    if (places.length < 2) return [];
    return [
      {
        id: `keepSize:${row.port}`,
        title: `Keep the size on ${pathInTitle(row)}: ${inWords(kinds, to.channels)} in ${changed.join(', ')}`,
        edits: draft.edits(),
        places,
        unfit: row.role === 'main' ? 1.8 : 3,
      },
    ];
  });
}

function inWords(kinds: ReadonlySet<string>, channels: number): string {
  const words = [...(kinds.has('strides') ? ['strides 1'] : []), ...(kinds.has('filters') ? [filtersInWords(channels)] : [])];
  return words.join(' and ');
}

function keeping(site: Site, path: string, channels: number): Record<string, ParamValue> {
  const params = layerAt(site, path)?.params ?? {};
  const values: Record<string, ParamValue> = {};
  const strides = params['strides'];
  if (strides !== undefined && [strides].flat().some((stride) => stride !== 1))
    values['strides'] = Array.isArray(strides) ? strides.map(() => 1) : 1;
  if (typeof params['filters'] === 'number' && params['filters'] !== channels) values['filters'] = channels;
  // Two layers that take one parameter of the instance would set it twice.
  return Object.fromEntries(Object.entries(values).filter(([param]) => storedParam(site.document, path, param) !== undefined));
}
