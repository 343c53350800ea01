import colors from 'picocolors';
import { formatProblem } from '../../shared/diagnose/format';
import { formatShape } from '../../shared/graph/tensor';
import { findLayer } from '../../shared/layers/index';
import { loadDocument } from './documents';
import { print, printJson, table, type ExitCode } from './output';

/** `skipwire check FILE`: problems as the editor tells them; exit code 1 where there is an error. */
export async function check(path: string, options: { json?: boolean }): Promise<ExitCode> {
  const { analysis, notices } = await loadDocument(path);
  const { problems, totals } = analysis;
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (options.json) {
    printJson({ file: path, ok: errors === 0, problems, notices, totals });
    return errors === 0 ? 0 : 1;
  }
  for (const notice of notices) print(colors.yellow(notice));
  for (const problem of problems) print(`${formatProblem(problem)}\n`);
  const layers = analysis.flat.nodes.size;
  print(
    problems.length === 0
      ? `${colors.green('No problems.')} ${layers} layers, ${totals.parameters.toLocaleString('en')} parameters.`
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${path}.`,
  );
  return errors === 0 ? 0 : 1;
}

/** `skipwire stats FILE`: every layer with its output, parameters and MACs, and the totals. */
export async function stats(path: string, options: { json?: boolean }): Promise<ExitCode> {
  const { analysis } = await loadDocument(path);
  const rows = analysis.order.map((layer) => {
    const node = analysis.flat.nodes.get(layer);
    const known = analysis.nodes.get(layer);
    const output = Object.values(known?.outputs ?? {})
      .map((type) => formatShape(type.shape))
      .join(', ');
    return {
      name: node?.name ?? layer,
      layer: findLayer(node?.type ?? '')?.title ?? node?.type ?? '',
      output: output || '–',
      parameters: known?.parameters ?? null,
      macs: known?.macs ?? null,
    };
  });
  if (options.json) {
    printJson({ file: path, layers: rows, totals: analysis.totals });
    return 0;
  }
  print(
    table([
      ['name', 'layer', 'output', 'parameters', 'MACs'],
      ...rows.map(({ name, layer, output, parameters, macs }) => [name, layer, output, parameters ?? '?', macs ?? '?']),
    ]),
  );
  const { parameters, trainableParameters, macs, weightBytes, leftOut } = analysis.totals;
  print('');
  print(
    `${parameters.toLocaleString('en')} parameters (${trainableParameters.toLocaleString('en')} trainable), ${macs.toLocaleString('en')} MACs a sample, ${(weightBytes / 1024).toFixed(1)} KiB of weights`,
  );
  if (leftOut > 0) print(colors.yellow(`Left out: ${leftOut} layers of which something is unknown. Run "skipwire check" to see why.`));
  return 0;
}
