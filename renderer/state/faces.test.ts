import { describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import type { GraphNode } from '../../shared/graph/graph';
import { allLayers } from '../../shared/layers/index';
import { iconNames } from '../ui/Icon';
import { faceOf } from '../../shared/picture/face';

const document = newDocument('d');
const node = (type: string): GraphNode => ({ id: 'n', type, name: 'n', params: {}, position: { x: 0, y: 0 } });

describe('the face of a node', () => {
  it.each(allLayers.map((layer) => [layer.type, layer] as const))('%s has an icon that the page knows', (_type, layer) => {
    expect(iconNames.has(layer.icon)).toBe(true);
    expect(faceOf(node(layer.type), document)).toMatchObject({ kind: layer.category, title: layer.title });
  });

  it('of a layer that this version does not know, or of a block that is gone, says so', () => {
    expect(faceOf(node('noSuchLayer'), document)).toEqual({
      kind: 'unknown',
      icon: 'box',
      title: 'noSuchLayer',
      summary: 'unknown layer',
      skips: 0,
    });
    expect(faceOf({ ...node('block'), block: 'gone' }, document)).toMatchObject({ kind: 'blocks', title: 'Missing block' });
  });
});
