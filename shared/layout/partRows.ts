import type { NodeId, Position } from '../graph/graph';
import type { Grid } from './grid';
import type { Standing } from './standing';

/** Layers that stand side by side in a layout, kept ones among them where they would stand. */
export interface Row {
  readonly layers: readonly Standing[];
  /** Rows of the same line have the same number. */
  readonly line: number;
}

/** The rows of a part from the top down. Layers of a row have the same middle; between lines there is more room than between rows. */
export function rowsOfPart(members: readonly Standing[], ideal: ReadonlyMap<NodeId, Position>, { rowGap, lineGap }: Grid): readonly Row[] {
  const placed = members.map((layer) => ({ layer, middle: (ideal.get(layer.id)?.y ?? 0) + layer.height / 2 }));
  const sorted = placed.sort((a, b) => a.middle - b.middle);
  const rows: { layers: Standing[]; middle: number; half: number }[] = [];
  for (const { layer, middle } of sorted) {
    const row = rows.at(-1);
    if (row && middle - row.middle < 2) {
      row.layers.push(layer);
      row.half = Math.max(row.half, layer.height / 2);
    } else rows.push({ layers: [layer], middle, half: layer.height / 2 });
  }
  let line = 0;
  return rows.map((row, index) => {
    const above = rows[index - 1];
    if (above && row.middle - row.half - above.middle - above.half > (rowGap + lineGap) / 2) line += 1;
    return { layers: row.layers, line };
  });
}
