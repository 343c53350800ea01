import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { templates } from '../../shared/blocks/templates/index';
import { publishedInWords } from '../../shared/blocks/templates/published';
import { buildTemplate, resizedTo, type Template, type TemplateOptions } from '../../shared/blocks/templates/template';
import type { SkipDocument } from '../../shared/document/document';
import { serializeDocument } from '../../shared/document/serialize';
import { analyze } from '../../shared/infer/analyze';
import { RpcError } from '../../shared/rpc/messages';
import { writeNew } from '../services/writeNew';
import { grouped, print, table, type ExitCode } from './output';

export interface NewOptions {
  readonly layers?: string;
  readonly outputs?: string;
  readonly size?: string;
  readonly resize?: string;
  readonly dataFormat?: TemplateOptions['dataFormat'];
  readonly out?: string;
}

/** `skipwire new [NAME]`: writes a known network as a document; without a name it lists them. */
export async function newNetwork(id: string | undefined, options: NewOptions): Promise<ExitCode> {
  if (id === undefined) return list();
  const template = templates.find((each) => each.id === id);
  if (!template) throw new RpcError('E_USAGE', `There is no network "${id}".`, `There are ${templates.map((each) => each.id).join(', ')}.`);
  const chosen: Partial<TemplateOptions> = {
    ...layersOf(template, options.layers),
    ...whole('outputs', options.outputs, 'outputSize'),
    ...whole('size', options.size, 'inputSize'),
    ...whole('resize', options.resize, 'minAspectDim'),
    ...(options.dataFormat ? { dataFormat: options.dataFormat } : {}),
  };
  const document = buildTemplate(template, randomUUID(), chosen);
  checkResize(template, { ...template.defaults, ...chosen }, document);
  const { totals, problems, flat } = analyze(document);
  const name = template.layers.length > 1 ? `${id}-${chosen.layers ?? template.defaults.layers}` : id;
  const path = resolve(options.out ?? `${name}.skip.json`);
  await writeNew(path, serializeDocument(document));
  print(
    `Wrote ${path}: ${grouped(flat.nodes.size)} layers, ${grouped(totals.trainableParameters)} trained parameters, ${grouped(totals.macs)} MACs`,
  );
  const published = publishedInWords(template, { ...template.defaults, ...chosen }, totals.trainableParameters);
  if (published) print(published);
  for (const { message } of problems) print(message);
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function checkResize(template: Template, { inputSize, minAspectDim }: TemplateOptions, document: SkipDocument): void {
  if (minAspectDim === undefined) return;
  if (resizedTo(document) === undefined) throw new RpcError('E_USAGE', `${template.title} prepares no images.`, 'Leave --resize out.');
  if (minAspectDim < inputSize)
    throw new RpcError('E_USAGE', `--resize ${minAspectDim} leaves no square of ${inputSize} to cut out.`, `Give ${inputSize} or more.`);
}

function list(): ExitCode {
  const rows = templates.map((template) => {
    const { totals } = analyze(buildTemplate(template, 'list'));
    const layers = template.layers.length > 1 ? template.layers.join(', ') : '';
    return [template.id, template.title, layers, totals.trainableParameters, totals.macs];
  });
  print(table([['name', 'network', 'layers', 'parameters', 'MACs'], ...rows]));
  return 0;
}

function layersOf(template: Template, text: string | undefined): { layers?: number } {
  if (text === undefined) return {};
  const layers = Number(text);
  if (template.layers.includes(layers)) return { layers };
  const known = template.layers.length > 0 ? `It has ${template.layers.join(', ')} layers.` : 'It has one depth: leave --layers out.';
  throw new RpcError('E_USAGE', `${template.title} is not known with --layers ${text}.`, known);
}

function whole<K extends 'outputSize' | 'inputSize' | 'minAspectDim'>(
  flag: string,
  text: string | undefined,
  key: K,
): { [P in K]?: number } {
  if (text === undefined) return {};
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000)
    throw new RpcError('E_USAGE', `--${flag} ${text} is no whole number from 1 to 1,000,000.`);
  return { [key]: value } as { [P in K]?: number };
}
