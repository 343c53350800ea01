import { Play } from 'lucide-react';
import { SamplePicture } from './SamplePicture';
import { openFrom } from '../../commands/opening';
import { useRecent, type Sample } from '../../state/recent';
import { Button } from '../../ui/Button';
import { trainSample } from './trainSample';

/** The samples as pictures: a press opens one, another trains it at once. */
export function WelcomeSamples() {
  const samples = useRecent((state) => state.samples);
  if (samples.length === 0) return null;
  return (
    <section aria-label="Samples">
      <h3 className="mb-1.5 text-xs font-medium text-secondary">Samples</h3>
      <ul className="grid grid-cols-2 gap-3 @3xl:grid-cols-4">
        {samples.map((sample) => (
          <SampleCard key={sample.name} sample={sample} />
        ))}
      </ul>
    </section>
  );
}

function SampleCard({ sample: { name, title, description } }: { readonly sample: Sample }) {
  return (
    <li className="relative flex flex-col rounded-xl border border-line bg-raised shadow-node transition-colors duration-100 hover:border-accent-line">
      <button
        type="button"
        onClick={() => void openFrom({ kind: 'sample', name }, `“${title}”`)}
        className="flex flex-1 flex-col items-start gap-0.5 rounded-xl p-3 pb-11 text-left"
      >
        <SamplePicture name={name} />
        <span className="mt-2 font-semibold">{title}</span>
        <span className="text-sm text-secondary low:sr-only">{description}</span>
        <span className="sr-only">{name}</span>
      </button>
      <div className="absolute bottom-2.5 left-3">
        {learnsDigits(name) ? (
          <Button
            variant="primary"
            icon={<Play size="0.8125rem" aria-hidden />}
            aria-label={`Train: ${title}`}
            onClick={() => void trainSample(name, title)}
          >
            Train
          </Button>
        ) : (
          <span className="flex h-7 items-center text-sm text-secondary">To look at and mend</span>
        )}
      </div>
    </li>
  );
}

/** Samples that come with the data that they learn from. */
function learnsDigits(name: string): boolean {
  return name.startsWith('digits-');
}
