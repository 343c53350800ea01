import { mismatchCells } from '../../../shared/diagnose/format';
import type { MismatchReport } from '../../../shared/graph/problem';
import { classes } from '../../ui/classes';

const pathColours = { main: 'text-main-path-text', shortcut: 'text-shortcut-path-text', other: 'text-ink' } as const;

/** The inputs of a merge, axis by axis, in the colours that their paths have on the canvas. */
export function MismatchTable({ mismatch }: { readonly mismatch: MismatchReport }) {
  const { axes, rows, ratios } = mismatchCells(mismatch);
  return (
    <table className="border-separate border-spacing-x-4 border-spacing-y-0.5 text-right font-mono text-sm">
      <thead>
        <tr className="font-sans text-xs text-secondary">
          <td />
          {axes.map((axis) => (
            <th key={axis} scope="col" className="font-normal">
              {axis}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, role, from, cells, differing }) => (
          <tr key={label} className={pathColours[role]}>
            <th scope="row" className="font-normal">
              {label} · {from}
            </th>
            {cells.map((cell, index) => (
              <td key={axes[index]} className={classes(differing[index] ? 'font-semibold' : 'text-secondary')}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
        {ratios && (
          <tr className="text-ink">
            <td />
            {ratios.map((ratio, index) => (
              <td key={axes[index]}>{ratio}</td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}
