import { expect, it } from 'vitest';
import type { SkipDocument } from '../document/document';
import { analyze } from '../infer/analyze';
import { wiringCases } from '../testing/problems/wiring';
import { foundAround } from './suspects';

/** Names of those at fault in a network whose names, other than those of ports, are not its ids. */
function accusedIn(document: SkipDocument, code: string): readonly string[] {
  const renamed = JSON.parse(JSON.stringify(document).replace(/"name":"(block|conv|image|relu)"/g, '"name":"my_$1"')) as SkipDocument;
  const analysis = analyze(renamed);
  const [problem] = analysis.problems.filter((found) => found.code === code);
  return problem ? foundAround({ document: renamed, analysis, problem }).suspects.map(({ name }) => name) : [];
}

function caseOf(code: string): SkipDocument {
  const found = wiringCases.find((each) => each.code === code);
  if (!found) throw new Error(`no case of ${code}`);
  return found.document;
}

it('a block at fault has its name, not its id', () => {
  expect(accusedIn(caseOf('block/missing'), 'block/missing')).toEqual(['my_block']);
});

it('a wire at fault is told by the names of its ends, inside a block and at a port that is not there', () => {
  expect(accusedIn(caseOf('graph/unknown-port'), 'graph/unknown-port')).toContain('the wire from my_image into my_relu');
  const whole = caseOf('block/unknown-parameter');
  const { pair } = whole.blocks;
  if (!pair) throw new Error('the case has no block');
  const edges = Object.entries(pair.graph.edges).map(([id, edge]) => [
    id,
    edge.to.node === 'relu' ? { ...edge, to: { ...edge.to, port: 'data' } } : edge,
  ]);
  const graph = { ...pair.graph, edges: Object.fromEntries(edges) as typeof pair.graph.edges };
  expect(accusedIn({ ...whole, blocks: { pair: { ...pair, graph } } }, 'graph/unknown-port')).toContain(
    'the wire from my_block/my_conv into my_block/my_relu',
  );
});
