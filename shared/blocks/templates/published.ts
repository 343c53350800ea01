import type { Template, TemplateOptions, PublishedCount } from './template';

/** Whether a count of trained parameters is the published one, less what differs for a reason that is told. */
export function isAsPublished({ parameters, digits, difference }: PublishedCount, counted: number): boolean {
  const comparable = counted - (difference?.parameters ?? 0);
  return parameters === (digits === undefined ? comparable : Number(comparable.toPrecision(digits)));
}

/** How a count of trained parameters stands to the published one, in a sentence or two; undefined where none was published of these options. */
export function publishedInWords(template: Template, options: TemplateOptions, counted: number): string | undefined {
  const published = options.outputSize === template.defaults.outputSize ? template.published[options.layers] : undefined;
  // Of another input size there are other weights where an image is flattened.
  if (!published || !isAsPublished(published, counted)) return undefined;
  const { parameters, digits, source, difference } = published;
  const count = digits === undefined ? grouped(parameters) : `${parameters / 1e6} million`;
  if (!difference) return `As many parameters as published: ${count} (${source}).`;
  const { parameters: more, why } = difference;
  return `Published: ${count} (${source}). Here ${grouped(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'}: ${why}.`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
