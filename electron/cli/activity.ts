import { magnitude, share } from '../../shared/infer/activity';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import type { ActivityReport } from '../../shared/rpc/contract';
import { table } from './output';

/** What each layer gave when it was last looked at, as a table; a run that was stopped may have ended before that. */
export function activityTable(activity: ActivityReport | undefined, { flat }: NetworkAnalysis): string {
  if (!activity) return 'The run ended before the activity of its layers was looked at.';
  const rows = activity.layers.map(({ path, rms, zeros, silent }) => [
    flat.nodes.get(path)?.name ?? path,
    (rms === null ? 'not finite' : magnitude(rms)).padStart(10),
    share(zeros).padStart(6),
    share(silent).padStart(15),
  ]);
  const title = `Activity of layers at step ${activity.step.toLocaleString('en')}, over ${activity.samples} samples`;
  return `${title}\n${table([['Layer', ' Magnitude', ' Zeros', 'Silent channels'], ...rows])}`;
}
