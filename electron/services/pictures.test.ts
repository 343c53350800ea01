import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { templates } from '../../shared/blocks/templates/index';
import { buildTemplate } from '../../shared/blocks/templates/template';
import type { SkipDocument } from '../../shared/document/document';
import { serializeDocument } from '../../shared/document/serialize';
import { analyze } from '../../shared/infer/analyze';
import { documentPicture } from '../../shared/picture/documentPicture';
import { RIBBON_WIDTH } from '../../shared/picture/ribbons';
import { svgText } from '../../shared/picture/svg';
import { residualNetwork } from '../../shared/testing/networks';
import { pictureCalls } from './pictures';

const style = { title: 'network', shapes: true, ground: true };
const pictureOf = (document: SkipDocument) => documentPicture(document, analyze(document), {}, style);
/** Drawn by librsvg, which refuses what is no SVG. */
const drawn = (svg: string) => sharp(Buffer.from(svg)).raw().toBuffer({ resolveWithObject: true });

describe('a picture of a network', () => {
  it.each(templates.map((template) => [template.id, template] as const))(
    'of %s is drawn by another program in its size',
    async (_, template) => {
      const picture = pictureOf(buildTemplate(template, 'test'));
      const { info, data } = await drawn(svgText(picture));
      expect([info.width, info.height]).toEqual([Math.round(picture.width), Math.round(picture.height)]);
      expect(new Set(data).size).toBeGreaterThan(8);
    },
  );

  it('has a ribbon under each wire of a residual stream where it is asked for, and another colour for the next stream', () => {
    const network = buildTemplate(templates.find(({ id }) => id === 'unet') as (typeof templates)[number], 'test');
    const ribbons = (wanted: boolean) =>
      documentPicture(network, analyze(network), {}, { ...style, ribbons: wanted }).shapes.flatMap((shape) =>
        shape.kind === 'path' && shape.lineWidth === RIBBON_WIDTH ? [shape.stroke] : [],
      );
    expect(ribbons(true)).toHaveLength(4);
    expect(new Set(ribbons(true)).size).toBe(3);
    expect(ribbons(false)).toEqual([]);
  });

  it('stays well-formed whatever layers are called', async () => {
    const document = residualNetwork();
    const stem = document.graph.nodes['stem'];
    if (!stem) throw new Error('the network has a stem');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', size: 'medium' }), async (name) => {
        const nodes = { ...document.graph.nodes, stem: { ...stem, name } };
        await drawn(svgText(pictureOf({ ...document, graph: { ...document.graph, nodes } })));
      }),
      { numRuns: 40 },
    );
  });

  it('is a PDF of one page of its size with embedded fonts, also with names in other scripts', async () => {
    const document = residualNetwork();
    const stem = document.graph.nodes['stem'];
    if (!stem) throw new Error('the network has a stem');
    const named = {
      ...document,
      graph: { ...document.graph, nodes: { ...document.graph.nodes, stem: { ...stem, name: 'σ ψ Ж ñ ő 卷' } } },
    };
    const request = { document: serializeDocument(named), title: 'network', block: null, nodes: null, shapes: true, ribbons: false };
    const { bytes } = await pictureCalls['picture.pdf'](request);
    const text = Buffer.from(bytes).toString('latin1');
    const { width, height } = pictureOf(named);
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text).toContain(`/MediaBox [0 0 ${width * 0.75} ${height * 0.75}]`);
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
    // Latin, more Latin, Greek and Cyrillic in semibold, Latin in regular: each with its file.
    expect(text.match(/\/FontFile[23]?/g)).toHaveLength(5);
    expect(text).not.toContain('/BaseFont /Helvetica');
  });

  it('of a text that is no document is refused with its reason', async () => {
    const request = { document: '{', title: 'x', block: null, nodes: null, shapes: true, ribbons: false };
    await expect(pictureCalls['picture.pdf'](request)).rejects.toMatchObject({ code: 'E_TRUNCATED' });
  });
});
