import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { publishedInWords } from '../../../shared/blocks/templates/published';
import type { Template, TemplateOptions } from '../../../shared/blocks/templates/template';
import type { DataFormat } from '../../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../../shared/infer/analysis';
import { openLink } from '../../host/links';
import { NumberField } from '../../ui/NumberField';
import { countOf, formatCount } from '../../ui/numbers';
import { Select } from '../../ui/Select';

interface TemplateDetailProps {
  readonly template: Template;
  readonly options: TemplateOptions;
  readonly analysis: NetworkAnalysis;
  /** Smaller side of its images before the input is cut out of them; undefined where it takes images as they are. */
  readonly resizedTo: number | undefined;
  readonly onChange: (change: Partial<TemplateOptions>) => void;
}

const dataFormats = [
  { value: 'channelsLast', label: 'channels last' },
  { value: 'channelsFirst', label: 'channels first' },
] as const;

/** What a template is, what can be chosen of it, and what it costs as chosen. */
export function TemplateDetail({ template, options, analysis, resizedTo, onChange }: TemplateDetailProps) {
  const { summary, paper } = template;
  const sizeLabel = template.inputIs === 'image' ? 'Input size' : 'Steps';
  return (
    <>
      <p>{summary}</p>
      {paper && (
        <button
          type="button"
          onClick={() => openLink(paper.url)}
          className="flex items-center gap-1 self-start text-left text-sm text-accent-text hover:underline"
        >
          {paper.title}
          <ExternalLink size="0.75rem" aria-hidden />
        </button>
      )}
      <div className="grid grid-cols-2 gap-x-4 gap-y-2">
        {template.layers.length > 1 && (
          <Choice label="Layers">
            <Select
              label="Layers"
              value={String(options.layers)}
              options={template.layers.map((layers) => ({ value: String(layers), label: String(layers) }))}
              onChange={(layers) => onChange({ layers: Number(layers) })}
            />
          </Choice>
        )}
        <Choice label="Outputs">
          <NumberField
            label="Outputs"
            integer
            min={1}
            max={100_000}
            value={options.outputSize}
            onChange={(outputSize) => onChange({ outputSize })}
          />
        </Choice>
        <Choice label={sizeLabel}>
          <NumberField
            label={sizeLabel}
            integer
            min={1}
            max={4096}
            value={options.inputSize}
            onChange={(inputSize) => onChange({ inputSize })}
          />
        </Choice>
        {resizedTo !== undefined && (
          <Choice label="Resize to">
            <NumberField
              label="Resize to"
              unit="pixels"
              integer
              min={options.inputSize}
              max={16_384}
              value={resizedTo}
              onChange={(minAspectDim) => onChange({ minAspectDim })}
            />
          </Choice>
        )}
        {template.inputIs === 'image' && (
          <Choice label="Data format">
            <Select<DataFormat>
              label="Data format"
              value={options.dataFormat}
              options={dataFormats}
              onChange={(dataFormat) => onChange({ dataFormat })}
            />
          </Choice>
        )}
      </div>
      <Facts template={template} options={options} analysis={analysis} />
    </>
  );
}

function Choice({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden className="w-22 shrink-0 text-secondary">
        {label}
      </span>
      {children}
    </div>
  );
}

function Facts({ template, options, analysis }: Omit<TemplateDetailProps, 'onChange' | 'resizedTo'>) {
  const { totals, problems, flat } = analysis;
  const published = publishedInWords(template, options, totals.trainableParameters);
  return (
    <div role="status" className="rounded-lg bg-surface px-3 py-2 text-sm">
      <p>
        <Figure value={flat.nodes.size} /> layers, <Figure value={totals.trainableParameters} /> trained parameters,{' '}
        <Figure value={totals.macs} /> MACs
      </p>
      {published && <p className="text-secondary">{published}</p>}
      {problems.length > 0 && (
        <p className="text-error-text">
          {countOf(problems.length, 'problem')} at this input size: {problems[0]?.message}
        </p>
      )}
    </div>
  );
}

function Figure({ value }: { readonly value: number }) {
  return <span className="font-mono">{formatCount(value)}</span>;
}
