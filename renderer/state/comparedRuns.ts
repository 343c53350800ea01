import { latestFirst, type Runs, type RunView } from './runUpdates';

/** Colours by which runs are told apart: `--run-1` to `--run-6` in colors.css. More runs begin anew. */
export const RUN_COLOURS = 6;

/** Runs whose curves are drawn together, by id: the number of each one's colour, from 1, which it keeps as others come and go. */
export type ComparedRuns = Readonly<Record<string, number>>;

/** A run whose curves are drawn among those of others, and its colour. */
export interface DrawnRun {
  readonly run: RunView;
  readonly colour: number;
}

/** With one more run, in the colour that the fewest have. */
export function withCompared(compared: ComparedRuns, id: string): ComparedRuns {
  if (id in compared) return compared;
  const uses = Array.from({ length: RUN_COLOURS }, (_, index) => Object.values(compared).filter((colour) => colour === index + 1).length);
  return { ...compared, [id]: uses.indexOf(Math.min(...uses)) + 1 };
}

/** Without a run; one that is left alone is compared with nothing. */
export function withoutCompared(compared: ComparedRuns, id: string): ComparedRuns {
  const left = Object.entries(compared).filter(([key]) => key !== id);
  return left.length < 2 ? {} : Object.fromEntries(left);
}

/** The runs that are drawn together, the latest first: those that are compared, and the shown one; none where nothing is compared. */
export function drawnRuns(runs: Runs, compared: ComparedRuns, shown: string | undefined): readonly DrawnRun[] {
  if (Object.keys(compared).length === 0) return [];
  const colours = shown === undefined ? compared : withCompared(compared, shown);
  return latestFirst(runs).flatMap((run) => {
    const colour = colours[run.summary.id];
    return colour === undefined ? [] : [{ run, colour }];
  });
}
