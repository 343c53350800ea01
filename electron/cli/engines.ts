import colors from 'picocolors';
import type { ProgramName } from '../../shared/rpc/contract';
import { ENGINE_TITLES } from '../../shared/rpc/engineTitles';
import type { Stage } from '../../shared/program/passes';
import { RpcError } from '../../shared/rpc/messages';
import { engineProcess } from '../services/app';
import { createServices, type Services } from '../services/services';
import { loadDocument } from './documents';
import { print, printJson, type ExitCode } from './output';
import { terminalHost } from './terminalHost';
import { whole } from './train';

/** Of an engine that was just started and has answered for no network. */
const UNKNOWN = { engine: null, reason: 'measured for each network by skipwire engines FILE' };

/**
 * `skipwire engines [FILE]`: what computes here, with which threads and memory, what else could be had and how; and which engine answers for
 * the network of a file.
 */
export async function engines(path: string | undefined, options: { batch: string; json?: boolean }): Promise<ExitCode> {
  const batchSize = whole(options.batch, '--batch', 1, 65_536);
  const document = path === undefined ? undefined : (await loadDocument(path)).text;
  return withEngine(async ({ engine, chooser }) => {
    const status = await engineProcess(engine, await chooser.gpu());
    const used = status.engines.find(({ available }) => available);
    const isTried = document !== undefined && used !== undefined;
    const answering = isTried ? await (await engine.client()).call('engine.answering', { document, batchSize }) : UNKNOWN;
    if (options.json) printJson({ ...status, used: used?.name ?? null, answering });
    else {
      for (const { title, available, version, reason, remedy } of status.engines) {
        const note = used?.title === title ? colors.dim(' (used where none is asked for)') : '';
        print(`${available ? colors.green('✔') : colors.yellow('–')} ${title} ${version ?? 'is not there'}${note}`);
        if (reason !== null) print(`    ${reason}`);
        if (remedy !== null) print(`    ${colors.dim('to get it:')} ${remedy}`);
      }
      if (status.threads !== null) print(`${status.threads} ${status.threads === 1 ? 'thread' : 'threads'}`);
      if (status.memory !== null) print(`${(status.memory / 1e6).toFixed(0)} MB of memory with the engines loaded`);
      if (answering.engine === null) print(`What answers for a model that is asked again and again is ${answering.reason}.`);
      else print(`A model of ${path} that is asked again and again answers with ${ENGINE_TITLES[answering.engine]}: ${answering.reason}.`);
    }
    return used ? 0 : 1;
  });
}

/** `skipwire program FILE`: the compiled network as text, whole or what one layer became. */
export async function program(
  path: string,
  options: { program: ProgramName; after?: Stage; layer?: string; json?: boolean },
): Promise<ExitCode> {
  const { text: document, analysis } = await loadDocument(path);
  const layer = options.layer === undefined ? null : pathOf(options.layer, analysis.flat.nodes.values());
  return withEngine(async ({ engine }) => {
    const printed = await (
      await engine.client()
    ).call('engine.program', {
      document,
      program: options.program,
      stage: options.after ?? null,
      layer,
    });
    if (options.json) printJson({ file: path, program: options.program, layer: options.layer ?? null, ...printed });
    else {
      print(printed.text.trimEnd());
      print(colors.dim(`${printed.operations} operations: ${printed.primitives.map(({ name, count }) => `${count} ${name}`).join(', ')}`));
      for (const { title, operations, waiting } of printed.stages)
        print(colors.dim(`  ${title}: ${operations} operations${waiting > 0 ? `, ${waiting} wait for another` : ''}`));
    }
    return 0;
  });
}

function pathOf(name: string, nodes: Iterable<{ readonly path: string; readonly name: string }>): string {
  for (const node of nodes) if (node.name === name) return node.path;
  throw new RpcError('E_USAGE', `There is no layer "${name}".`, 'Name a layer as "skipwire stats" lists it, such as "block1/conv2a".');
}

/** Starts the engine's process for one call. */
export async function withEngine(body: (services: Services) => Promise<ExitCode>): Promise<ExitCode> {
  const services = createServices(terminalHost(null));
  try {
    return await body(services);
  } finally {
    services.close();
  }
}
