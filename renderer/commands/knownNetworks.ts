import { templates } from '../../shared/blocks/templates/index';
import { buildTemplate, titleOf, type Template } from '../../shared/blocks/templates/template';
import { useSettings } from '../state/settings';
import { openCopy } from './loading';

/** A known network in one of its depths, as it is searched. */
export interface KnownNetwork {
  readonly template: Template;
  readonly layers: number;
  readonly name: string;
  readonly keywords: readonly string[];
}

/** Known networks, each depth by itself: `resnet-50` is looked for, and not the family. */
export const knownNetworks: readonly KnownNetwork[] = templates.flatMap((template) =>
  (template.layers.length > 1 ? template.layers : [template.defaults.layers]).map((layers) => ({
    template,
    layers,
    name: titleOf(template, layers),
    keywords: [`${template.id}-${layers}`, `${template.id}${layers}`, 'known network', 'template'],
  })),
);

/** Opens it as a document of its own, in the data format that new documents have. */
export function openKnownNetwork({ template, layers, name }: KnownNetwork): void {
  const { dataFormat } = useSettings.getState();
  openCopy(buildTemplate(template, 'gallery', { layers, dataFormat }), name);
}
