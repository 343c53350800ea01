import { magnitude, share, type Activity } from '../../../shared/infer/activity';
import { activityMoment, useActivity } from '../../state/activity';
import { nameAt } from '../../state/nameAt';
import { Fact, Section } from './Section';

/** What a layer or block gave in training, as it was told last; nothing where no run has told any. */
export function ActivityFacts({ path }: { readonly path: string }) {
  const activity = useActivity(({ values }) => values.get(path));
  return activity && <Facts activity={activity} />;
}

function Facts({ activity: { rms, zeros, silent, inside } }: { readonly activity: Activity }) {
  const moment = useActivity(activityMoment);
  return (
    <Section title="Activity in training">
      <dl>
        <Fact
          name="Magnitude"
          value={rms === null ? 'not a finite number' : magnitude(rms)}
          full={inside ? 'Root of the mean square of its result' : 'Root of the mean square of its first output'}
        />
        {/* Of numbers that are none there are no shares. */}
        {rms !== null && (
          <>
            <Fact name="Zeros" value={share(zeros)} full="Numbers that are exactly zero" />
            <Fact name="Silent channels" value={share(silent)} full="Channels that give nothing for any of the samples" />
          </>
        )}
        {inside && <Inside inside={inside} />}
      </dl>
      <p className="mt-1 text-xs text-secondary">{moment}.</p>
    </Section>
  );
}

function Inside({ inside: { least, most, quietest, broken } }: { readonly inside: NonNullable<Activity['inside']> }) {
  return (
    <>
      {least !== null && most !== null && <Fact name="Magnitudes inside" value={`${magnitude(least)} – ${magnitude(most)}`} />}
      {quietest.silent > 0 && (
        <Fact name="Most silent inside" value={`${nameAt(quietest.path)}, ${share(quietest.silent)}`} full={nameAt(quietest.path)} />
      )}
      {quietest.silent === 0 && quietest.zeros > 0 && (
        <Fact name="Most zeros inside" value={`${nameAt(quietest.path)}, ${share(quietest.zeros)}`} full={nameAt(quietest.path)} />
      )}
      {broken !== null && <Fact name="First not finite" value={nameAt(broken)} full={nameAt(broken)} />}
    </>
  );
}
