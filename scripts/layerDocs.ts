/** Writes docs/layers from the definitions of the layers. Run: `npx tsx scripts/layerDocs.ts`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnyLayer, ExampleShape, LayerExample } from '../shared/layers/define';
import { allLayers } from '../shared/layers/index';
import { keptByKeras, otherDefaults } from '../shared/layers/kerasArguments';
import { paramFields, type ParamControl, type ParamField } from '../shared/layers/paramFields';
import { kerasSignatures } from '../shared/testing/kerasSignatures';

/** The pages by file name. */
export function layerPages(): ReadonlyMap<string, string> {
  return new Map([['README.md', overview()], ...allLayers.map((layer): [string, string] => [`${layer.type}.md`, page(layer)])]);
}

function overview(): string {
  const rows = allLayers.map(({ type, title, docs }) => `| [\`${type}\`](${type}.md) | ${title} | ${docs.summary} |`);
  return [
    '# Layers',
    '',
    'Generated from the definitions in `shared/layers`.',
    '',
    '| layer | title | what it does |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function page(layer: AnyLayer): string {
  const { title, type, docs } = layer;
  const parts = [
    `# ${title}`,
    `\`${type}\` – ${docs.summary}`,
    docs.details,
    docs.formula && `\`\`\`\n${docs.formula}\n\`\`\``,
    ports(layer),
    parameters(paramFields(layer)),
    examples(layer),
    keptElsewhere(layer),
    begunOtherwise(layer),
    elsewhere(layer),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function ports({ inputs, outputs }: AnyLayer): string {
  const named = (ports: AnyLayer['inputs']) =>
    ports.map(
      ({ name, variadic, description }) =>
        `- \`${name}\`${variadic ? `, at least ${variadic.min} wires` : ''}${description ? `: ${description}` : ''}`,
    );
  return [
    '## Ports',
    '',
    'Inputs:',
    ...(inputs.length > 0 ? named(inputs) : ['- none']),
    '',
    'Outputs:',
    ...(outputs.length > 0 ? named(outputs) : ['- none']),
  ].join('\n');
}

function parameters(fields: readonly ParamField[]): string {
  if (fields.length === 0) return '## Parameters\n\nNone.';
  const rows = fields.map(
    ({ name, control, default: value, description }) =>
      `| \`${name}\` | ${kindOf(control)} | \`${JSON.stringify(value)}\` | ${description ?? ''} |`,
  );
  return ['## Parameters', '', '| name | kind | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function kindOf(control: ParamControl): string {
  switch (control.kind) {
    case 'number':
      return `${control.integer ? 'whole number' : 'number'}${bounds(control)}${control.nullable ? ', or none' : ''}`;
    case 'pair':
      return `pair of whole numbers${bounds(control)}${control.nullable ? ', or none' : ''}`;
    case 'choice':
      return control.options.map((option) => `\`${option}\``).join(', ');
    case 'flag':
      return 'yes or no';
    case 'sizes':
      return 'list of sizes';
    case 'numbers':
      return `numbers ${control.fields.map(({ name }) => `\`${name}\``).join(', ')}`;
    case 'kinds':
      return [...control.kinds.map(({ initial }) => `\`${JSON.stringify(initial)}\``), ...(control.nullable ? ['none'] : [])].join(' or ');
    case 'json':
      return 'JSON';
  }
}

function bounds({ min, max }: { readonly min?: number | undefined; readonly max?: number | undefined }): string {
  if (min === undefined) return '';
  return max === undefined || max >= Number.MAX_SAFE_INTEGER ? `, at least ${min}` : `, ${min} to ${max.toLocaleString('en')}`;
}

function examples(layer: AnyLayer): string {
  const rows = layer.examples.map(
    (example) =>
      `| ${parametersOf(example)} | ${shapesOf(example.inputs)} | ${shapesOf(example.outputs)} |${example.dataFormat === 'channelsFirst' ? ' channels first |' : ' |'}`,
  );
  return [
    '## Examples',
    '',
    'Sizes of one sample, without the batch.',
    '',
    '| parameters | input | output | |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function parametersOf({ params = {} }: LayerExample): string {
  const entries = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return entries.length === 0 ? 'defaults' : entries.join(', ');
}

function shapesOf(ports: LayerExample['inputs']): string {
  const shapes = Object.values(ports).flatMap((shape) =>
    Array.isArray(shape[0]) ? (shape as readonly ExampleShape[]) : [shape as ExampleShape],
  );
  return shapes.map((shape) => shape.slice(1).join('×')).join(' and ') || '–';
}

/** Keras's arguments that are no parameters. */
function keptElsewhere(layer: AnyLayer): string {
  const rows = keptByKeras(layer, kerasSignatures.layers).map(({ argument, why }) => `| \`${argument}\` | ${why ?? ''} |`);
  if (rows.length === 0) return '';
  return ['## Arguments of Keras that are no parameters', '', '| argument | where it is, or why not |', '| --- | --- |', ...rows].join(
    '\n',
  );
}

/** Where a parameter begins otherwise than Keras's. */
function begunOtherwise(layer: AnyLayer): string {
  const rows = otherDefaults(layer, kerasSignatures.layers).map(
    ({ parameter, ours, keras, why }) => `| \`${parameter}\` | \`${ours}\` | \`${keras}\` | ${why ?? ''} |`,
  );
  if (rows.length === 0) return '';
  return ['## Defaults that are not Keras’s', '', '| parameter | here | in Keras | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function elsewhere({ docs }: AnyLayer): string {
  const lines = [docs.torchName && `- In PyTorch: \`${docs.torchName}\``, docs.url && `- See <${docs.url}>`].filter(Boolean);
  return lines.length === 0 ? '' : ['## Elsewhere', '', ...lines].join('\n');
}

function main(): void {
  const folder = fileURLToPath(new URL('../docs/layers/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(`${folder}${name}`);
  for (const [name, text] of layerPages()) writeFileSync(`${folder}${name}`, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
