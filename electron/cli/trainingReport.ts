import colors from 'picocolors';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import type { EpochRow, RunSummary } from '../../shared/rpc/contract';
import { engineWords } from '../../shared/rpc/engineWords';
import { dataNotes } from '../../shared/training/dataNotes';
import { timeLeftWords } from '../../shared/training/durations';
import { settlingNote, type TrainingLength } from '../../shared/training/settlingNote';
import { metricWords } from './metricWords';
import { print } from './output';
import { progressBar } from './progressBar';

/** Where nothing is drawn over, a long epoch gives a sign of life this often, in milliseconds. */
const SIGN_OF_LIFE = 30_000;

const SILENT =
  'The engine does not answer, for longer than any step of this run took: it may be busy, or stuck. Ctrl+C ends it and keeps the last checkpoint.';

/** What a training run tells a terminal: what begins, then a progress bar; elsewhere a line an epoch and, in long ones, between. */
export function trainingReport() {
  const bar = process.stdout.isTTY ? progressBar('{bar} {percentage} %  epoch {epoch}  loss {loss}{validation}  {left}') : undefined;
  let network: NetworkAnalysis | undefined;
  let isBegun = false;
  let told = Date.now();
  let message: string | null = null;
  let status: RunSummary['status'] | undefined;
  let silentSince: number | null = null;
  let last: EpochRow | undefined;
  let shown = { epoch: '1', loss: '–', validation: '', left: '' };
  function begin(summary: RunSummary): void {
    isBegun = true;
    tell(beginning(summary));
    const note = network && settlingNote(network, lengthOf(summary));
    if (note !== undefined) tell(colors.yellow(note));
    shown = { ...shown, epoch: epochOf(summary) };
    bar?.start(summary.totalSteps, summary.step, shown);
  }
  function tell(line: string): void {
    told = Date.now();
    print(line);
  }
  /** Above the bar, which goes on below. */
  function warn(line: string, summary: RunSummary): void {
    bar?.stop();
    tell(colors.yellow(line));
    bar?.start(summary.totalSteps, summary.step, shown);
  }
  return {
    /** Which network will be trained. */
    about(analysis: NetworkAnalysis) {
      network = analysis;
    },
    progress(summary: RunSummary, epochs: readonly EpochRow[]) {
      if (summary.engine === null || summary.totalSteps === 0) return;
      if (!isBegun) begin(summary);
      // Such as a full disk: whoever looks at it hours later could have made room.
      if (summary.message !== null && summary.message !== message && summary.endedAt === null) warn(summary.message, summary);
      message = summary.message;
      if (silentSince === null && typeof summary.silentSince === 'number') warn(SILENT, summary);
      silentSince = summary.silentSince ?? null;
      last = epochs.at(-1) ?? last;
      shown = {
        epoch: epochOf(summary),
        left: summary.status === 'stopping' ? 'stopping …' : leftWords(summary),
        loss: last ? fixed(last.trainLoss, 4) : shown.loss,
        validation: last ? `  validation ${validationOf(last)}` : '',
      };
      bar?.update(summary.step, shown);
      if (bar) return;
      for (const row of epochs) tell(epochLine(row, summary.request.epochs));
      if (summary.status === 'stopping' && status !== 'stopping') tell('Stopping: the step that is being computed ends first.');
      status = summary.status;
      if (Date.now() - told >= SIGN_OF_LIFE) tell(stepLine(summary));
    },
    end(summary: RunSummary) {
      bar?.stop();
      // The bar is gone; what it came to stays.
      if (bar && last) print(epochLine(last, summary.request.epochs));
      if (summary.status === 'finished') {
        print(`${colors.green('Trained')} with ${engineOf(summary)}: ${testWords(summary)}`);
        if (summary.message !== null) print(colors.yellow(summary.message));
      } else if (summary.status === 'failed') print(`${colors.red('Failed')}: ${summary.message ?? ''}`);
      else print(colors.yellow(summary.message ?? 'Stopped.'));
      for (const note of dataNotes(summary)) print(colors.yellow(note));
    },
  };
}

function epochOf({ epoch, request }: RunSummary): string {
  return `${Math.min(epoch + 1, request.epochs)}/${request.epochs}`;
}

function validationOf({ validationLoss, validationAccuracy }: EpochRow): string {
  return validationAccuracy === null ? `loss ${fixed(validationLoss, 4)}` : percent(validationAccuracy);
}

function lengthOf({ request: { epochs }, totalSteps }: RunSummary): TrainingLength {
  return { batchesPerEpoch: Math.round(totalSteps / epochs), epochs };
}

function beginning(summary: RunSummary): string {
  const { request, engine, documentName, step } = summary;
  const { batchesPerEpoch: steps } = lengthOf(summary);
  const epochs = `${request.epochs.toLocaleString('en')} ${request.epochs === 1 ? 'epoch' : 'epochs'}`;
  const name = documentName.replace(/\.skip\.json$/, '');
  const isResumed = step > 0;
  const place = isResumed ? `, from step ${step.toLocaleString('en')} in epoch ${epochOf(summary)}` : '';
  const what = engine === null ? 'the engine' : engineWords(engine);
  return (
    `${isResumed ? 'Going on with' : 'Training'} ${name} on ${request.dataset} with ${what}${place}: ` +
    `${epochs} of ${steps.toLocaleString('en')} steps, batches of ${request.batchSize}.`
  );
}

function stepLine(summary: RunSummary): string {
  const { step, totalSteps, imagesPerSecond } = summary;
  const speed = imagesPerSecond === null || imagesPerSecond === 0 ? [] : [`${imagesPerSecond.toPrecision(3)} images/s`];
  return [`step ${step.toLocaleString('en')}/${totalSteps.toLocaleString('en')}`, ...speed, leftWords(summary)].filter(Boolean).join('  ');
}

function leftWords({ secondsLeft }: RunSummary): string {
  return timeLeftWords(secondsLeft) ?? '';
}

function testWords({ testAccuracy, test }: RunSummary): string {
  // The data has no part to test with, or whoever stopped did so before its end.
  if (testAccuracy === null && !test) return 'not tested';
  const loss = testAccuracy === null && test ? [`test loss ${fixed(test.loss, 4)}`] : [`test accuracy ${percent(testAccuracy)}`];
  return [...loss, ...metricWords(test?.metrics ?? {})].join(', ');
}

function epochLine(
  { epoch, trainLoss, trainAccuracy, validationLoss, validationAccuracy, metrics = {}, seconds }: EpochRow,
  epochs: number,
): string {
  const accuracy = (share: number | null) => (share === null ? '' : `  accuracy ${percent(share)}`);
  const measured = metricWords(Object.fromEntries(Object.entries(metrics).map(([name, { validation }]) => [name, validation])));
  return [
    `epoch ${epoch}/${epochs}  loss ${fixed(trainLoss, 4)}${accuracy(trainAccuracy)}`,
    `validation loss ${fixed(validationLoss, 4)}${accuracy(validationAccuracy)}`,
    ...measured,
    `${seconds.toFixed(1)} s`,
  ].join('  ');
}

function fixed(value: number | null, digits: number): string {
  if (value === null) return '–';
  return Math.abs(value) < 1e6 ? value.toFixed(digits) : value.toExponential(2);
}

export function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(2)} %`;
}

/** With why it was this one. */
function engineOf({ engine, engineReason }: RunSummary): string {
  return `${engine === null ? 'the engine' : engineWords(engine)}${engineReason ? ` (${engineReason})` : ''}`;
}
