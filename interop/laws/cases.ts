/**
 * Writes the random layers of `shared/testing/laws/cases.ts` for other programs: as layers of Keras and code of PyTorch, with the sample
 * that they see, their weights, and what their outputs are projected on.
 *
 * Run: `npx tsx interop/laws/cases.ts FOLDER`. Read by inKeras.py and inTorch.py beside it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kerasModel } from '../../shared/export/keras/walk';
import { groupInputs } from '../../shared/infer/groupInputs';
import { findLayer } from '../../shared/layers/index';
import type { AnyLayer } from '../../shared/layers/define';
import { parseParams } from '../../shared/layers/parse';
import {
  analyzedLaw,
  lawCases,
  lawProgram,
  PAIRS,
  projectionsOf,
  readingOf,
  sampleOf,
  type LawCase,
} from '../../shared/testing/laws/cases';
import type { AnalyzedExample } from '../../shared/testing/exampleProgram';
import { torchCode } from '../torchNetwork';

function torchOf({ type, params }: LawCase, { analysis, dataFormat }: AnalyzedExample) {
  const layer = findLayer(type) as AnyLayer;
  const parsed = parseParams(layer, params as never);
  if (!parsed.ok) throw new Error(`${type}: the parameters are wrong.`);
  const record = layer.torch(parsed.value, groupInputs(layer, analysis.nodes.get('layer')?.inputs ?? {}) as never, { dataFormat });
  return 'unsupported' in record ? record : { code: torchCode(layer, record), weights: record.weights ?? {} };
}

function caseOf(law: LawCase) {
  const example = analyzedLaw(law);
  const model = kerasModel(example.analysis, 'Keras');
  if (!model.ok) throw new Error(`${law.name}: ${model.error.reasons.map(({ reason }) => reason).join(' ')}`);
  const { program, weights } = lawProgram(law);
  const shape = program.outputs[0]?.value.type.shape.slice(1) ?? [];
  const size = (shape as readonly number[]).reduce((product, dim) => product * dim, 1);
  const reading = readingOf(law, new Array<number>(size).fill(0)).length;
  return {
    ...law,
    pairs: PAIRS,
    keras: model.value,
    torch: torchOf(law, example),
    ports: findLayer(law.type)?.inputs.length,
    weights: Object.fromEntries(
      Object.entries(weights).map(([name, { shape, data }]) => [name.replace('layer/', ''), { shape, data: Array.from(data) }]),
    ),
    sample: sampleOf(law),
    projections: projectionsOf(law, reading),
  };
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Give the folder to write to.');
writeFileSync(join(folder, 'laws.json'), JSON.stringify(lawCases.map(caseOf)));
