/** `compileTime.ts DEPTH`: prints the milliseconds from a ResNet's document to a session that is ready for its first step. */
import { chooseEngine } from '../electron/engine/engines';
import { readyNetwork } from '../electron/engine/networks';
import { createPrepared } from '../electron/engine/prepared';
import { serializeDocument } from '../shared/document/serialize';
import { imageNetResnet } from '../shared/testing/knownNetworks';
import { OPTIMIZER } from './subjects';

async function main([depth]: readonly string[]): Promise<void> {
  const backend = chooseEngine('tensorflow');
  const text = serializeDocument(imageNetResnet(Number(depth) as 50));
  const rounds: number[] = [];
  // The first round also compiles the compiler's own code, which an engine that has seen a network has done.
  for (let round = 0; round < 4; round += 1) {
    // What is made ready in idle time, the look at the layers, is not waited for.
    const prepared = createPrepared(0);
    const start = performance.now();
    await prepared.prepare('bench', backend, readyNetwork(text, OPTIMIZER).compiled, () => false);
    rounds.push(performance.now() - start);
    prepared.dispose();
  }
  console.log(JSON.stringify({ milliseconds: rounds.slice(1) }));
}

void main(process.argv.slice(2));
