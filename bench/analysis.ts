import type { SkipDocument } from '../shared/document/document';
import { applyEdits } from '../shared/graph/applyEdits';
import type { Params } from '../shared/graph/graph';
import { analyze } from '../shared/infer/analyze';
import { compare, type Comparison, type Contestant } from './harness';
import { tfjsShapes } from './peers/tfjsShapes';

const ROUNDS = 101;

/** Another document of the same content: nothing of it is known by identity, as of a file that was just read. */
export function asRead(document: SkipDocument): SkipDocument {
  return JSON.parse(JSON.stringify(document)) as SkipDocument;
}

/** Expansion, shapes, weights, cost, problems and warnings of a whole document of which nothing is known. */
export function coldAnalysis(title: string, document: SkipDocument, limit: number): Promise<Comparison> {
  const documents: SkipDocument[] = [];
  while (documents.length < ROUNDS + 2) documents.push(asRead(document));
  const ours: Contestant = { name: 'whole analysis from nothing', run: () => void analyze(documents.pop() ?? document) };
  return compare({ title: `${title}, whole analysis`, bar: { atMost: limit } }, ours, tfjsShapes(analyze(document)), ROUNDS);
}

/** What an edit sets in a layer of the network, at each round something else than the round before. */
export interface ParamEdit {
  readonly layer: string;
  readonly params: (round: number) => Params;
}

/** One edit after another of one document: all that is derived from it, each time from the analysis before. */
export function editAnalysis(title: string, document: SkipDocument, edit: ParamEdit, limit: number): Promise<Comparison> {
  const documents = editedOften(document, edit, ROUNDS + 2);
  let analysis = analyze(document);
  let round = 0;
  const ours: Contestant = {
    name: 'analysis after an edit',
    run() {
      analysis = analyze(documents[round] as SkipDocument, analysis);
      round += 1;
    },
  };
  return compare({ title: `${title}: an edit`, bar: { atMost: limit } }, ours, tfjsShapes(analysis), ROUNDS);
}

export function editedOften(document: SkipDocument, { layer, params }: ParamEdit, times: number): readonly SkipDocument[] {
  const node = Object.values(document.graph.nodes).find(({ name }) => name === layer);
  if (!node) throw new Error(`There is no layer ${layer}.`);
  const documents: SkipDocument[] = [];
  for (let round = 0; round < times; round += 1) {
    const before = documents.at(-1) ?? document;
    const set = { kind: 'setParams', id: node.id, params: { ...node.params, ...params(round) }, graph: 'network' } as const;
    documents.push(applyEdits(before, [set]));
  }
  return documents;
}
