import { turned, type FlowDirection } from '../graph/direction';
import type { Annotation } from '../graph/graph';
import { INK, KIND_COLOURS, PAPER, QUIET, RIBBONS, WIRE } from './printColours';
import { RIBBON_WIDTH, ribbonPath, ribbonTone } from './ribbons';
import type { Scene, SceneNode, SceneWire } from './scene';
import { skipArcs } from './skipArcs';
import { textThatFits, textWidth } from './text';

/** What a picture is made of, whatever its file's format: coordinates in pixels of the canvas, 96 to an inch. */
export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly fill?: string;
      readonly stroke?: string;
      readonly lineWidth?: number;
    }
  /** An SVG path of `M`, `L`, `Q`, `A` and `Z` in absolute coordinates. */
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly fill?: string;
      readonly stroke?: string;
      readonly lineWidth?: number;
      readonly dash?: readonly number[];
    }
  /** `y` is the base line. */
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly bold: boolean;
      readonly fill: string;
      readonly middle: boolean;
    };

export interface Picture {
  /** What a reader who does not see it is told. */
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export interface PictureOptions {
  readonly title: string;
  /** Shapes beside the wires. */
  readonly shapes: boolean;
  /** Coloured ribbons behind the wires of residual streams; left out: none. */
  readonly ribbons?: boolean;
  /** A white ground; without it what is behind shows through. */
  readonly ground: boolean;
}

/** Room around the network. */
const MARGIN = 16;

/** A scene in a style for paper: light, thin, with arrows, and nothing that only a screen has. */
export function pictureOf(scene: Scene, { title, shapes, ribbons = false, ground }: PictureOptions): Picture {
  const { x, y, width, height } = scene.box;
  const frame = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  return {
    title,
    ...frame,
    shapes: [
      ...(ground ? [{ kind: 'rect', ...frame, radius: 0, fill: PAPER } as const] : []),
      ...scene.annotations.flatMap(annotationShapes),
      ...(ribbons ? ribbonShapes(scene) : []),
      ...scene.wires.flatMap((wire) => wireShapes(wire, scene.direction)),
      ...(shapes ? scene.wires.flatMap(labelShapes) : []),
      ...scene.nodes.flatMap((node) => layerShapes(node, scene.direction)),
    ],
  };
}

function layerShapes({ kind, name, summary, isBlock, skips, ...at }: SceneNode, direction: FlowDirection): readonly Shape[] {
  const { x, y, width, height } = at;
  const { ground, line } = KIND_COLOURS[kind];
  const box = { kind: 'rect', width, height, radius: 8, stroke: line, lineWidth: 1.25 } as const;
  const middle = x + width / 2;
  const hasSummary = summary !== '';
  return [
    ...(skips > 0 ? [{ kind: 'path', d: skipArcs(skips, at, direction, at), stroke: line, lineWidth: 1.25 } as const] : []),
    // A block is a stack.
    ...(isBlock ? [{ ...box, x: x + 4, y: y + 4, fill: PAPER }] : []),
    { ...box, x, y, fill: ground },
    textAt(middle, y + height / 2 + (hasSummary ? -3 : 4.5), textThatFits(name, width - 16, 13), { size: 13, bold: true, fill: INK }),
    ...(hasSummary
      ? [textAt(middle, y + height / 2 + 14, textThatFits(summary, width - 12, 11), { size: 11, bold: false, fill: QUIET })]
      : []),
  ];
}

function textAt(
  x: number,
  y: number,
  text: string,
  style: { readonly size: number; readonly bold: boolean; readonly fill: string },
  middle = true,
): Shape {
  return { kind: 'text', x, y, text, middle, ...style };
}

function ribbonShapes({ wires, streams }: Scene): readonly Shape[] {
  const numbers = streams();
  return wires.flatMap(({ id, corners }): Shape[] => {
    const stream = numbers.get(id);
    if (stream === undefined) return [];
    return [{ kind: 'path', d: ribbonPath(corners), stroke: RIBBONS[ribbonTone(stream)] ?? QUIET, lineWidth: RIBBON_WIDTH }];
  });
}

/** Half of the height of an arrow’s head, and its length. */
const ARROW = { half: 4, length: 8 } as const;

/** A wire that ends in an arrow; dashed where nothing is known of what it carries. */
function wireShapes({ d, shape }: SceneWire, direction: FlowDirection): readonly Shape[] {
  const [, x = 0, y = 0] = (/(-?[\d.]+),(-?[\d.]+)$/.exec(d) ?? []).map(Number);
  const line: Shape = { kind: 'path', d, stroke: WIRE, lineWidth: 1.5, ...(shape === '' ? { dash: [4, 3] } : {}) };
  const corner = (side: 1 | -1) => {
    const back = turned({ x: -ARROW.length, y: side * ARROW.half }, direction);
    return `${x + back.x},${y + back.y}`;
  };
  const head = `M${x},${y} L${corner(-1)} L${corner(1)} Z`;
  return [line, { kind: 'path', d: head, fill: WIRE }];
}

const LABEL = { size: 10, height: 14 } as const;

function labelShapes({ shape, label }: SceneWire): readonly Shape[] {
  if (!label) return [];
  // Over a level piece, as printers have it; an upright one is broken by it, or has it beside.
  if (label.stands === 'beside') return [textAt(label.x, label.y + 3.5, shape, { size: LABEL.size, bold: false, fill: QUIET })];
  if (label.stands === 'over') return [textAt(label.x, label.y - 5, shape, { size: LABEL.size, bold: false, fill: QUIET })];
  const width = Math.min(label.width, textWidth(shape, LABEL.size) + 4);
  return [
    {
      kind: 'rect',
      x: label.x - width / 2,
      y: label.y - LABEL.height / 2,
      width,
      height: LABEL.height,
      radius: 2,
      fill: PAPER,
    },
    textAt(label.x, label.y + 3.5, shape, { size: LABEL.size, bold: false, fill: QUIET }),
  ];
}

/** A frame with its title; a note as lines of text, without its Markdown’s marks. */
function annotationShapes(annotation: Annotation): readonly Shape[] {
  const { position, size } = annotation;
  if (annotation.kind === 'frame') {
    const box = { kind: 'rect', ...position, ...size, radius: 10, stroke: QUIET, lineWidth: 0.75 } as const;
    return [
      box,
      textAt(
        position.x + 10,
        position.y + 17,
        textThatFits(annotation.title, size.width - 20, 11),
        { size: 11, bold: true, fill: QUIET },
        false,
      ),
    ];
  }
  const lines = annotation.text.split('\n').slice(0, Math.max(1, Math.floor(size.height / 15)));
  return lines.map((line, index) =>
    textAt(
      position.x,
      position.y + 12 + index * 15,
      textThatFits(line.replaceAll(/[*_`#>]/g, '').trim(), size.width, 11),
      { size: 11, bold: false, fill: INK },
      false,
    ),
  );
}
