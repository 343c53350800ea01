import { classes } from '../../ui/classes';
import { percent } from '../runs/words';
import type { Prediction } from './usePrediction';

/** The classes with their probabilities as bars; the likeliest one is said in large. */
export function Probabilities({ prediction }: { readonly prediction: Prediction }) {
  const { classes: names, probabilities, label } = prediction;
  const top = probabilities.indexOf(Math.max(...probabilities));
  return (
    <div className="flex min-w-0 flex-col">
      <p role="status" aria-label="Prediction" className="mb-1">
        <span className="text-xl font-semibold text-ink">{names[top]}</span>{' '}
        <span className="text-secondary">{percent(probabilities[top])}</span>
        {label !== null && <Verdict isRight={label === top} name={names[label] ?? '?'} />}
      </p>
      <dl
        aria-label="Probabilities"
        className="m-0 grid grid-cols-[max-content_minmax(0,1fr)_3.25rem] items-center gap-x-2 leading-[0.9375rem]"
      >
        {names.map((name, index) => (
          <div key={name} className="contents">
            <dt
              className={classes(
                'max-w-24 truncate text-right font-mono text-xs leading-[0.9375rem]',
                index === top ? 'text-ink' : 'text-secondary',
              )}
            >
              {name}
            </dt>
            <dd aria-hidden className="m-0 h-2 rounded-sm bg-pressed">
              <div
                className={classes('h-full rounded-sm', index === top ? 'bg-accent' : 'bg-(--indigo-7)')}
                style={{ width: `${(probabilities[index] ?? 0) * 100}%` }}
              />
            </dd>
            <dd className="m-0 text-right font-mono text-xs leading-[0.9375rem] text-secondary">{percent(probabilities[index])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Verdict({ isRight, name }: { readonly isRight: boolean; readonly name: string }) {
  return (
    <span className={isRight ? 'ml-2 text-sm text-success-text' : 'ml-2 text-sm text-error-text'}>
      {isRight ? '✓ right' : `✗ it is ${name}`}
    </span>
  );
}
