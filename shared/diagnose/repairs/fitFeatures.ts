import { isKnown } from '../../graph/dim';
import { formatShape } from '../../graph/tensor';
import { axesInQuestion } from '../mismatch';
import { draftOf } from './draft';
import { nameAt, pathInTitle, rowsOf, type Plan, type Row, type Site } from './plan';

/**
 * A dense layer where rows or sequences differ in their last axis: to them what a 1×1 convolution is to images. For every
 * merge of such values: the element-wise ones, dot, and the query and key of an attention.
 */
export function fitFeatures(site: Site): readonly Plan[] {
  const rows = rowsOf(site);
  if (!/-(size|channels)$/.test(site.problem.code) || rows.length !== 2) return [];
  return rows.flatMap((row, index) => {
    const target = rows[1 - index] as Row;
    const axis = axisOf(site, row);
    const units = target.shape[axisOf(site, target)];
    if (row.shape.length > 3 || axis !== row.shape.length - 1 || units === undefined || !isKnown(units)) return [];
    const draft = draftOf(site.document);
    if (!draft.insert(site.problem.node, row.port, [{ type: 'dense', name: 'projection', params: { units, useBias: false } }])) return [];
    return [
      {
        id: `projectFeatures:${row.port}`,
        title: `Project ${pathInTitle(row)} (${formatShape(row.shape)} of ${nameAt(site, row.path.from)}): dense, ${units} units`,
        edits: draft.edits(),
        places: [{ into: site.problem.node, port: row.port }],
        unfit: row.role === 'main' ? 2.5 : 0.8,
      },
    ];
  });
}

function axisOf({ problem: { mismatch } }: Site, row: Row): number {
  return (mismatch && axesInQuestion(mismatch, row)[0]) ?? -1;
}
