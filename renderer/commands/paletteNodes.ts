import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { useDocument } from '../state/document';
import { faceOf } from '../../shared/picture/face';
import { currentGraph, locate } from '../state/location';
import type { PaletteItem } from './paletteMatches';

interface NodeEntry {
  readonly path: string;
  /** The path in names: `stage2/block1/conv2a`. */
  readonly name: string;
  readonly keywords: readonly string[];
}

const known = new WeakMap<NetworkAnalysis, readonly NodeEntry[]>();

/** Layers and blocks of the network wherever they are; made once for each state of the network. */
export function nodeEntries(): readonly NodeEntry[] {
  const { analysis } = useDocument.getState();
  const before = known.get(analysis);
  if (before) return before;
  const entries = [...analysis.nodes.values()].map(({ path, name }) => ({
    path,
    name,
    keywords: [name.slice(name.lastIndexOf('/') + 1), analysis.flat.nodes.get(path)?.type ?? 'block'],
  }));
  known.set(analysis, entries);
  return entries;
}

/** Icon, kind and key parameters of a node of the expanded network. */
export function nodeFace(path: string): Pick<PaletteItem, 'icon' | 'detail'> {
  const { document } = useDocument.getState();
  const found = locate(document, path);
  const node = found && currentGraph(document, found.location).graph.nodes[found.node];
  if (!node) return {};
  const { kind, icon, title, summary } = faceOf(node, document);
  return { icon: { kind: 'layer', icon, category: kind }, detail: summary && summary !== 'block' ? `${title} · ${summary}` : title };
}
