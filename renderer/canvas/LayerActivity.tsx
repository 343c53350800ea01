import { memo } from 'react';
import { ACTIVITY_LEVELS, activityConcern, activityInWords, activityLevel } from '../../shared/infer/activity';
import { useActivity } from '../state/activity';
import { nameAt } from '../state/nameAt';
import './activity.css';

/**
 * While a network trains: how large a layer's numbers are, as bars of a tenfold each, and a mark where they are none or it is
 * silent. The words are in the title.
 */
export const LayerActivity = memo(function LayerActivity({ path }: { readonly path: string }) {
  const activity = useActivity(({ isLive, values }) => (isLive ? values.get(path) : undefined));
  if (!activity) return null;
  const words = `In training: ${activityInWords(activity, nameAt)}`;
  const level = activity.rms === null ? 0 : activityLevel(activity.rms);
  const concern = activityConcern(activity);
  return (
    <span role="img" aria-label={words} title={words} className="layer-activity" data-concern={concern}>
      {concern === 'broken' ? <span>NaN</span> : null}
      {concern !== 'broken' && Array.from({ length: ACTIVITY_LEVELS }, (_, bar) => <i key={bar} data-on={bar < level || undefined} />)}
      {concern === 'silent' ? <span>silent</span> : null}
    </span>
  );
});
