import { storedParam, draftOf } from './draft';
import { layerAt, nameAt, pathInTitle, rowsOf, type Plan, type Row, type Site } from './plan';
import { isInGraphOfMerge, isPointwise } from './sizes';

/** A layer that was meant for the other path: a projection put behind the convolutions, instead of around them. */
export function otherPath(site: Site): readonly Plan[] {
  const [first, second, ...more] = rowsOf(site);
  if (!first || !second || more.length > 0 || !/-(channels|stride)$/.test(site.problem.code)) return [];
  return [...moved(site, first, second), ...moved(site, second, first)];
}

function moved(site: Site, row: Row, other: Row): readonly Plan[] {
  return row.path.nodes.flatMap((path) => {
    const layer = layerAt(site, path);
    const draft = draftOf(site.document);
    if (!layer || !isPointwise(layer.params) || !isInGraphOfMerge(site, path)) return [];
    const params = Object.fromEntries(
      Object.entries(layer.params).map(([param, value]) => [param, storedParam(site.document, path, param) ?? value]),
    );
    const made = { type: layer.type, name: nameAt(site, path).split('/').at(-1) ?? layer.name, params };
    if (!draft.remove(path) || !draft.insert(site.problem.node, other.port, [made])) return [];
    return [
      {
        id: `move:${path}:${other.port}`,
        title: `Move ${layer.name} from ${pathInTitle(row)} to ${pathInTitle(other)}`,
        edits: draft.edits(),
        places: [{ node: path }],
        unfit: 0.9,
      },
    ];
  });
}
