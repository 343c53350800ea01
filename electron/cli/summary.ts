import { kerasSummary } from '../../shared/export/keras/summary';
import { loadDocument } from './documents';
import { print, type ExitCode } from './output';

/** `skipwire summary FILE`: the network as Keras's own table has it. */
export async function summary(path: string): Promise<ExitCode> {
  const { analysis, name } = await loadDocument(path);
  print(kerasSummary(analysis, name));
  return 0;
}
