/** `undoBytes.ts STEPS`: makes random edits of a network of 1,000 layers and prints what their steps take of the heap, and what they are taken for. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { generator } from '../e2e/random';
import type { SkipDocument } from '../shared/document/document';
import { applyEdits } from '../shared/graph/applyEdits';
import type { Edit } from '../shared/graph/edit';
import { emptyHistory, type History } from '../shared/history/historySteps';
import { record } from '../shared/history/undoStack';
import { ladder } from './networks';

const UNITS = 499;

function randomEdit(document: SkipDocument, random: () => number, number: number): readonly Edit[] {
  const unit = 1 + Math.floor(random() * UNITS);
  const graph = 'network';
  const position = { x: Math.round(random() * 9000), y: Math.round(random() * 9000) };
  const own = `own${number % 50}`;
  const kind = random();
  if (kind < 0.4) return [{ kind: 'setParams', graph, id: `conv${unit}`, params: { filters: 1 + Math.floor(random() * 99) } }];
  if (kind < 0.7) return [{ kind: 'move', graph, id: `add${unit}`, position }];
  if (kind > 0.98) return Object.keys(document.graph.nodes).map((id) => ({ kind: 'move', graph, id, position }));
  if (document.graph.nodes[own]) return [{ kind: 'removeNode', graph, id: own }];
  return [{ kind: 'addNode', graph, node: { id: own, type: 'relu', name: own, params: {}, position } }];
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function used(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

function main([steps]: readonly string[]): void {
  const random = generator(1);
  let document = ladder(UNITS);
  let history: History | null = emptyHistory;
  for (let number = 0; number < Number(steps); number += 1) {
    const before = document;
    document = applyEdits(before, randomEdit(before, random, number));
    if (document !== before) history = record(history, `Edit ${number}`, before, document, 'record');
  }
  const estimated = history.bytes / 1e6;
  const withSteps = used();
  history = null;
  const without = used();
  console.log(JSON.stringify({ measured: withSteps - without, estimated, layers: Object.keys(document.graph.nodes).length }));
}

main(process.argv.slice(2));
