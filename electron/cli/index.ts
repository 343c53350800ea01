import { Command, Option } from 'commander';
import { FLOW_DIRECTIONS } from '../../shared/graph/direction';
import { COST_COLUMN_NAMES } from '../../shared/infer/costTable';
import { engineName } from '../../shared/rpc/contract';
import { losses } from '../../shared/training/losses/index';
import { metrics } from '../../shared/training/metrics/index';
import { optimizers } from '../../shared/training/optimizers/index';
import { schedules } from '../../shared/training/schedules/index';
import { STAGES } from '../../shared/program/passes';
import { programFolders, programVersion } from '../services/nodeHost';
import { printError, type ExitCode } from './output';

/** Entry of the command line. Exit codes: 0 well, 1 problems or failure, 2 wrong use or unreadable file. */
const USAGE_CODES = new Set([
  'E_USAGE',
  'E_GONE',
  'E_PERM',
  'E_NOT_FILE',
  'E_EMPTY',
  'E_TRUNCATED',
  'E_ZEROED',
  'E_ENCODING',
  'E_MERGE',
  'E_JSON',
  'E_TOO_BIG',
  'E_TOO_DEEP',
  'E_TOO_MANY',
  'E_NOT_PROJECT',
  'E_NEWER',
  'E_FIELD',
  'E_DUP_ID',
  'E_IMAGE',
]);

/** A command is loaded when it is called: what only one of them needs keeps no other waiting. */
function run<A extends unknown[]>(load: () => Promise<(...args: A) => Promise<ExitCode>>): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      const command = await load();
      process.exitCode = await command(...args);
    } catch (error) {
      printError(error);
      process.exitCode = USAGE_CODES.has((error as { code?: string }).code ?? '') ? 2 : 1;
    }
  };
}

const engine = () => new Option('--engine <engine>', 'which engine computes').choices(engineName.options);
const weights = () =>
  new Option(
    '--weights <path>',
    'a safetensors file, a run’s folder, or the folder given to train --out (default: the newest run beside the document)',
  );
const data = () =>
  new Option('--data <dataset>', 'a data set, or a folder with a folder of images for each class (default: the document’s own)');
const json = () => new Option('--json', 'machine-readable output');

/** Every name that an option takes, for its help. */
function listed(table: readonly { readonly kind: string }[]): string {
  return `One of ${table.map(({ kind }) => kind).join(', ')}`;
}

const measured = () =>
  new Option(
    '--metrics <metrics>',
    `METRIC[,NAME=VALUE…], several after one another: accuracy,topKCategoricalAccuracy,k=3. ${listed(metrics)}`,
  );

const program = new Command('skipwire')
  .description('Design, check, train and export neural networks. Without a window; `skipwire serve` opens the editor in a browser.')
  .version(programVersion(programFolders().root))
  .showHelpAfterError()
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

program
  .command('check')
  .argument('<files...>', '*.skip.json documents; - reads one from a pipe')
  .description('tell the networks’ problems; exit code 1 where there is an error, 2 where a file cannot be read')
  .addOption(json())
  .option('--sarif', 'SARIF 2.1.0, for code scanning')
  .addOption(new Option('--format <format>', 'github: annotations of a workflow').choices(['text', 'github']).default('text'))
  .option('--max-params <n>', 'more parameters are an error: 25000000, 25M')
  .option('--max-macs <n>', 'more multiply-accumulates of a sample are an error: 4.1G')
  .option('--input <size>', 'look at it with another height and width of the image: 224x224')
  .option('--fix', 'make the cheapest set of repairs of its errors and save the file')
  .option('--fix-dry-run', 'say what --fix would do')
  .action(run(async () => (await import('./check')).check));
program
  .command('stats')
  .argument('<file>')
  .description('shape, cost, memory and receptive field of every layer')
  .addOption(json())
  .option('--csv', 'comma-separated values, sizes in bytes')
  .option('--markdown', 'a table in Markdown')
  .option('--blocks', 'each block, too, with the sums of its layers')
  .addOption(new Option('--sort <column>', 'largest first; names and words by the alphabet').choices(COST_COLUMN_NAMES))
  .action(run(async () => (await import('./stats')).stats));
program
  .command('picture')
  .argument('<file>')
  .description('the network as a figure for a paper: SVG, PDF with embedded fonts, or PNG')
  .requiredOption('-o, --out <file>', 'its ending says in which format: .svg, .pdf, .png')
  .option('--block <name>', 'the inside of this block')
  .option('--layers <names...>', 'only these layers')
  .option('--scale <factor>', 'pixels of a PNG for each of the canvas', '3')
  .option('--no-shapes', 'without the shapes beside the wires')
  .option('--ribbons', 'coloured ribbons along residual streams')
  .addOption(
    new Option('--direction <direction>', 'running this way, arranged anew where it runs another, in the picture alone').choices(
      FLOW_DIRECTIONS,
    ),
  )
  .option('--transparent', 'without the white ground')
  .action(run(async () => (await import('./picture')).picture));
program
  .command('summary')
  .argument('<file>')
  .description('the table that model.summary() of Keras prints, with all blocks expanded')
  .action(run(async () => (await import('./summary')).summary));
program
  .command('sweep')
  .argument('<file>')
  .description('for which heights and widths of its image the network works, and what breaks at the others')
  .option('--from <n>', 'the first size', '32')
  .option('--to <n>', 'the last size', '512')
  .option('--step <n>', 'from one size to the next', '1')
  .addOption(json())
  .action(run(async () => (await import('./sweep')).sweep));
program
  .command('diff')
  .argument('<files...>', 'two *.skip.json documents, or one against an earlier save of it')
  .description('what changed between two designs; exit code 0 where nothing did, 1 where something did. Git can call it: see docs/diff.md')
  .addOption(json())
  .option('--saves <n>', 'of one file: how many saves ago', '1')
  .option('--ignore-moves', 'where layers, frames and notes stand is no difference')
  .action(run(async () => (await import('./diff')).diff));
program
  .command('new')
  .argument('[name]', 'a known network; left out: the list of them')
  .description('write a known network as a document: resnet, vgg, densenet, …')
  .option('--layers <n>', 'how deep, where the network is known in several depths')
  .option('--outputs <n>', 'classes, or channels of the result')
  .option('--size <n>', 'height and width of the input')
  .option('--resize <n>', 'to what the smaller side of images is resized before a square of that size is cut out')
  .addOption(new Option('--data-format <format>', 'where images keep their channels').choices(['channelsLast', 'channelsFirst']))
  .option('-o, --out <file>', 'default: NAME.skip.json in this folder')
  .action(run(async () => (await import('./newNetwork')).newNetwork));
program
  .command('train')
  .argument('<file>')
  .description('train the network; Ctrl+C stops and keeps what was trained')
  .addOption(data())
  .option('--epochs <n>', 'passes over the data (default: the document’s own)')
  .option('--batch <n>', 'images a step')
  .option('--loss <loss...>', `LOSS[,NAME=VALUE…], of several outputs OUTPUT:LOSS; column=label|image, weight=1. ${listed(losses)}`)
  .option('--optimizer <optimizer>', `OPTIMIZER[,NAME=VALUE…]. ${listed(optimizers)}`)
  .option('--learning-rate <rate>', 'how far a step goes')
  .option('--schedule <schedule>', `SCHEDULE[,NAME=VALUE…]: cosine,warmup=2. ${listed(schedules)}`)
  .option('--weight-decay <share>', 'taken off kernels before each step, times the rate')
  .option('--clip-norm <length>', 'the gradient of each weight is scaled down to this length')
  .option('--global-clip-norm <length>', 'all gradients together are scaled down to this length')
  .option('--clip-value <limit>', 'no element of a gradient goes beyond it')
  .option('--accumulate <batches>', 'batches whose mean gradient makes one step')
  .option('--ema <momentum>', 'average the weights: 0.99')
  .addOption(measured())
  .option('--seed <n>', 'the same seed gives the same training')
  .addOption(engine())
  .option('--threads <n>', 'how many threads compute (default: one for each core)')
  .option('-o, --out <folder>', 'where runs are kept (default: NAME.skip/runs beside the document)')
  .option('--activity', 'print what each layer gave in training: magnitude, zeros, silent channels')
  .option(
    '--resume <run>',
    'go on with a run that was stopped or failed: its id, its folder, or "last"; with --learning-rate at another rate',
  )
  .action(run(async () => (await import('./train')).train));
program
  .command('find-lr')
  .argument('<file>')
  .description('try learning rates from 1e-6 to 10 on a few batches and suggest one; nothing is kept')
  .addOption(data())
  .option('--batch <n>', 'images a step')
  .option('--loss <loss...>', 'as of train')
  .option('--optimizer <optimizer>', `OPTIMIZER[,NAME=VALUE…]. ${listed(optimizers)}`)
  .option('--seed <n>', 'of the first weights and the order of images')
  .addOption(engine())
  .addOption(json())
  .action(run(async () => (await import('./findRate')).findRate));
program
  .command('evaluate')
  .argument('<file>')
  .description('loss, metrics and confusion matrix of a trained network')
  .addOption(weights())
  .addOption(data())
  .addOption(new Option('--split <split>', 'which part of the data').choices(['train', 'validation', 'test']).default('test'))
  .addOption(measured())
  .addOption(engine())
  .addOption(json())
  .action(run(async () => (await import('./run')).evaluate));
program
  .command('predict')
  .argument('<file>')
  .description('class probabilities of an image')
  .requiredOption('--image <file>', 'PNG, JPEG or WebP; scaled to the network’s input, light ink on dark ground')
  .addOption(weights())
  .addOption(data())
  .addOption(engine())
  .addOption(json())
  .action(run(async () => (await import('./run')).predict));
program
  .command('export')
  .argument('<file>')
  .description('write the trained network in another format and prove that the numbers are the same')
  .addOption(new Option('--to <format>', 'the format').choices(['savedmodel', 'tfjs']).makeOptionMandatory())
  .requiredOption('-o, --out <folder>', 'a new folder, or an earlier export')
  .addOption(weights())
  .addOption(data())
  .addOption(engine())
  .addOption(json())
  .action(run(async () => (await import('./run')).exportTo));
program
  .command('open')
  .argument('<files...>', '*.skip.json documents')
  .description('open documents in the app’s window; a running app takes them over, else it is started')
  .action(run(async () => (await import('./open')).open));
program
  .command('serve')
  .argument('[path]', 'a folder to work in, or a document to open')
  .description('the whole app in a browser, on this machine only')
  .option('--port <n>', 'default: any free one')
  .option('--open', 'open the browser')
  .action(run(async () => (await import('./serve')).serve));
program
  .command('engines')
  .argument('[file]', 'a network: which engine answers for it is measured')
  .description('what computes here: engines, versions, threads, memory, and how to get what is missing')
  .option('--batch <n>', 'samples that are predicted at once', '1')
  .addOption(json())
  .action(run(async () => (await import('./engines')).engines));
program
  .command('program')
  .argument('<file>')
  .description('the compiled network as text, operation by operation, with shapes')
  .addOption(
    new Option('--program <name>', 'which program').choices(['train', 'evaluate', 'predict', 'gradients', 'inspect']).default('predict'),
  )
  .addOption(
    new Option('--after <pass>', 'how far the compiler has brought it; left out: as the engine gets it').choices(
      STAGES.map(({ name }) => name),
    ),
  )
  .option('--layer <name>', 'only what this layer became, its gradient and its optimizer step too')
  .addOption(json())
  .action(run(async () => (await import('./engines')).program));
program
  .command('profile')
  .argument('<file>')
  .description('time and memory of each layer, measured in the engine on made-up data')
  .option('--batch <n>', 'samples a step', '32')
  .option('--inference', 'a prediction, not a training step')
  .addOption(engine())
  .addOption(json())
  .action(run(async () => (await import('./profile')).profile));
program
  .command('doctor')
  .description('which engines and shells are here, and how to get the others')
  .addOption(json())
  .action(run(async () => (await import('./doctor')).doctor));

// Whoever reads may have seen enough (`| head`, a pager that is left), which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
await program.parseAsync();
