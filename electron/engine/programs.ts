import { printByLayer } from '../../shared/program/printProgram';
import type { Program } from '../../shared/program/program';
import type { ProgramName, ProgramText } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { readyNetwork } from './networks';

/** More is no text that anybody reads, and more than a page can show. */
const MOST = 4_000_000;

/** A document's network as the program that the engine runs, in words: whole, or what one layer became. */
export function programAsText(document: string, name: ProgramName, layer: string | null): ProgramText {
  const { analysis, compiled } = readyNetwork(document, 'own', true);
  if (layer !== null && !analysis.flat.nodes.has(layer))
    throw new RpcError('E_NO_LAYER', `There is no layer "${layer}".`, 'Name a layer as "skipwire stats" lists it.');
  const program = compiled.programs[name];
  if (!program) throw new RpcError('E_NO_PROGRAM', `This network has no program "${name}": none of its outputs learns.`);
  const text = printByLayer(program, {
    ...(layer === null ? {} : { layer }),
    nameOf: (path) => analysis.flat.nodes.get(path)?.name ?? path,
  });
  const own = layer === null ? program.operations : program.operations.filter(({ origin }) => origin === layer);
  return { text: text.length > MOST ? `${text.slice(0, MOST)}\n… cut here` : text, operations: own.length, primitives: counted(own) };
}

function counted(operations: Program['operations']): ProgramText['primitives'] {
  const counts = new Map<string, number>();
  for (const { primitive } of operations) counts.set(primitive, (counts.get(primitive) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
