import type * as z from 'zod';
import { stagesOf } from '../../shared/program/passes';
import { printByLayer } from '../../shared/program/printProgram';
import type { Program } from '../../shared/program/program';
import type { programRequest, ProgramText } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { readyNetwork } from './networks';

/** More is no text that anybody reads, and more than a page can show. */
const MOST = 4_000_000;

/** Which program of a document, how far compiled, and of which layer: null is all. */
type Wanted = Omit<z.output<typeof programRequest>, 'document'>;

/** A document's network as the program that the engine runs, in words: whole, or what one layer became. */
export function programAsText(document: string, { program: name, stage, layer }: Wanted): ProgramText {
  const { analysis, compiled } = readyNetwork(document, 'own', { looking: true, passes: [] });
  if (layer !== null && !analysis.flat.nodes.has(layer))
    throw new RpcError('E_NO_LAYER', `There is no layer "${layer}".`, 'Name a layer as "skipwire stats" lists it.');
  const written = compiled.programs[name];
  if (!written) throw new RpcError('E_NO_PROGRAM', `This network has no program "${name}": none of its outputs learns.`);
  const own = ({ operations }: Program) => (layer === null ? operations : operations.filter(({ origin }) => origin === layer));
  const stages = stagesOf(written);
  const wanted = stages.find((one) => one.name === stage) ?? stages.at(-1);
  const program = wanted?.program ?? written;
  const text = printByLayer(program, {
    ...(layer === null ? {} : { layer }),
    nameOf: (path) => analysis.flat.nodes.get(path)?.name ?? path,
  });
  return {
    text: text.length > MOST ? `${text.slice(0, MOST)}\n… cut here` : text,
    operations: own(program).length,
    primitives: counted(own(program)),
    stages: stages.map((one) => ({
      title: one.title,
      operations: own(one.program).length,
      waiting: own(one.program).filter((operation) => operation.after).length,
    })),
  };
}

function counted(operations: Program['operations']): ProgramText['primitives'] {
  const counts = new Map<string, number>();
  for (const { primitive } of operations) counts.set(primitive, (counts.get(primitive) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
