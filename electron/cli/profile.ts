import { randomUUID } from 'node:crypto';
import type { EngineName, Profile } from '../../shared/rpc/contract';
import { engineWords } from '../../shared/rpc/engineWords';
import { loadDocument } from './documents';
import { withEngine } from './engines';
import { print, printJson, table, type ExitCode } from './output';
import { whole } from './train';

interface ProfileOptions {
  readonly batch: string;
  readonly engine?: EngineName;
  readonly inference?: boolean;
  readonly json?: boolean;
}

/** `skipwire profile FILE`: where the time and the memory of a training step go, layer by layer. */
export async function profile(path: string, options: ProfileOptions): Promise<ExitCode> {
  const batchSize = whole(options.batch, '--batch', 1, 65_536);
  const { text: document, analysis } = await loadDocument(path);
  const nameOf = (layer: string | null) => (layer === null ? '(loss and between)' : (analysis.flat.nodes.get(layer)?.name ?? layer));
  return withEngine(async ({ engine }) => {
    const client = await engine.client();
    const program = options.inference ? 'predict' : 'train';
    const measured = await client.call('engine.profile', {
      measurementId: randomUUID(),
      document,
      program,
      batchSize,
      engine: options.engine ?? null,
    });
    const rows = measured.rows.map((row) => ({ layer: nameOf(row.path), ...row }));
    if (options.json) printJson({ file: path, ...measured, rows });
    else printRows(measured, rows);
    return 0;
  });
}

function printRows({ engine, program, batchSize, milliseconds }: Profile, rows: readonly (Profile['rows'][number] & { layer: string })[]) {
  const isStep = program === 'train';
  const share = (part: number) => `${((100 * part) / milliseconds).toFixed(1)} %`.padStart(7);
  print(
    table([
      ['Layer', 'Time', ...(isStep ? ['Forward', 'Backward', 'Update'] : []), 'Share', 'Memory at the peak'],
      ...rows.map((row) => [
        row.layer,
        inMilliseconds(row.milliseconds),
        ...(isStep ? [row.forward, row.backward, row.update].map(inMilliseconds) : []),
        share(row.milliseconds),
        `${(row.bytes / 2 ** 20).toFixed(1)} MiB`.padStart(12),
      ]),
    ]),
  );
  const run = isStep ? 'A training step' : 'A prediction';
  print(`\n${run} of ${batchSize} takes ${inMilliseconds(milliseconds).trim()} on ${engineWords(engine)}.`);
}

function inMilliseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 2 : 0)} ms`.padStart(10);
}
