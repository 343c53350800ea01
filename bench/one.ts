/** `one.ts NAME`: runs one benchmark and prints its outcome as a line of JSON. */
import { BENCHES } from './benches';

async function main(name: string): Promise<void> {
  const bench = BENCHES[name];
  if (!bench) throw new Error(`There is no benchmark ${name}.`);
  console.log(JSON.stringify(await bench()));
  // Peers keep handles open; nothing is left to be done.
  process.exit(0);
}

void main(process.argv[2] ?? '');
