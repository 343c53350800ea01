import type { SkipDocument } from '../../shared/document/document';
import { draftOf } from '../../shared/diagnose/repairs/draft';
import { answeringLayer } from '../../shared/diagnose/warnings/learning';
import type { Edit } from '../../shared/graph/edit';
import { applyEdits } from '../../shared/graph/applyEdits';
import { samePlain } from '../../shared/graph/samePlain';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { analyze } from '../../shared/infer/analyze';
import type { DatasetInfo } from '../../shared/rpc/contract';
import { dataMismatch, imagesFor, learnsClasses, onlyShape } from './trainable';

/** Edits after which a network can be trained on its data, and what they do in a few words: `Set image to 8×8×1`. */
export interface DataFit {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/**
 * The input given the shape of the images, and the last layer as many units as the data has classes. Undefined where
 * nothing has to be fitted, and where the network would have an error or the data still would not fit.
 */
export function fitToData(document: SkipDocument, analysis: NetworkAnalysis, dataset: DatasetInfo): DataFit | undefined {
  if (dataMismatch(document, analysis, dataset) === undefined) return undefined;
  const draft = draftOf(document);
  const done = [...fitInput(document, analysis, dataset, draft), ...fitUnits(document, analysis, dataset, draft)];
  const after = applyEdits(document, draft.edits());
  const now = analyze(after, analysis);
  const fits = !now.problems.some(({ severity }) => severity === 'error') && dataMismatch(after, now, dataset) === undefined;
  return fits && done.length > 0 ? { title: `Set ${done.join(', and ')}`, edits: draft.edits() } : undefined;
}

type Draft = ReturnType<typeof draftOf>;

function fitInput(document: SkipDocument, analysis: NetworkAnalysis, dataset: DatasetInfo, draft: Draft): readonly string[] {
  const input = onlyShape(analysis, 'input', 'outputs', 'y');
  const layer = input && analysis.flat.nodes.get(input.path);
  // Images of a folder are resized to what the input takes.
  const images = layer && !dataset.resizes ? imagesFor(document, layer.params, dataset) : undefined;
  if (!layer || !images?.ok || samePlain(layer.params['shape'], images.value)) return [];
  return draft.set(layer.path, { shape: images.value }) ? [`${layer.name} to ${images.value.join('×')}`] : [];
}

function fitUnits(document: SkipDocument, analysis: NetworkAnalysis, { classes }: DatasetInfo, draft: Draft): readonly string[] {
  const output = onlyShape(analysis, 'output', 'inputs', 'x');
  const end = output && analysis.flat.nodes.get(output.path);
  const layer = end && answeringLayer(analysis, end);
  if (!layer || !learnsClasses(document) || layer.params['units'] === classes.length) return [];
  return draft.set(layer.path, { units: classes.length }) ? [`${layer.name} to ${classes.length} units`] : [];
}
