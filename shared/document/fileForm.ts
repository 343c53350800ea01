import * as z from 'zod';
import { FLOW_DIRECTIONS } from '../graph/direction';
import { TONES, type ParamValue, type Params } from '../graph/graph';
import { lossSettings } from '../training/losses/index';
import { metricSettings } from '../training/metrics/index';
import { optimizerSettings } from '../training/optimizers/index';
import { scheduleSettings } from '../training/schedules/index';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION } from './document';

/** Limits of a document file: generous for networks, hopeless for attacks. */
export const LIMITS = { bytes: 64 * 1024 * 1024, depth: 64, nodes: 100_000, wires: 400_000, text: 1_000_000 } as const;

const id = z.string().min(1).max(200);
const name = z.string().min(1).max(LIMITS.text);
const coordinate = z.number().min(-1e7).max(1e7);
/** Everything in a file is JSON already; it is passed on as it is, keys such as `__proto__` included. */
const json = z.custom<ParamValue>(() => true);
const params = z.custom<Params>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'expected an object');
const portRef = z.tuple([id, id]);

const route = z.strictObject({ lane: coordinate.optional(), turn: coordinate.optional() });
const length = z.number().min(1).max(1e6);
const box = { id, position: z.tuple([coordinate, coordinate]), size: z.tuple([length, length]) };
const annotation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('frame'), ...box, title: z.string().max(LIMITS.text), tone: z.enum(TONES) }),
  z.strictObject({ kind: z.literal('note'), ...box, text: z.string().max(LIMITS.text) }),
]);

/** In the file nodes and wires are lists: a double id is seen, and lists read and diff well. */
export const fileGraph = z.strictObject({
  nodes: z
    .array(
      z.strictObject({
        ...{ id, type: id, name, block: id.optional(), params },
        ...{ position: z.tuple([coordinate, coordinate]), placed: z.literal(true).optional() },
      }),
    )
    .max(LIMITS.nodes),
  wires: z.array(z.strictObject({ id, from: portRef, to: portRef, route: route.optional() })).max(LIMITS.wires),
  annotations: z.array(annotation).max(10_000).optional(),
  direction: z.enum(FLOW_DIRECTIONS).optional(),
});
export type FileGraph = z.output<typeof fileGraph>;

const fileBlock = z.strictObject({
  id,
  name,
  description: z.string().max(LIMITS.text).optional(),
  parameters: z.array(z.strictObject({ name: id, default: json, description: z.string().max(LIMITS.text).optional() })).max(1000),
  graph: fileGraph,
});

const zoom = z.number().min(0.001).max(100);
export const fileDocument = z.strictObject({
  format: z.literal(DOCUMENT_FORMAT),
  version: z.literal(DOCUMENT_VERSION),
  id,
  layers: z.record(id, z.int().min(1)),
  dataFormat: z.enum(['channelsLast', 'channelsFirst']),
  graph: fileGraph,
  blocks: z.array(fileBlock).max(10_000),
  training: z.strictObject({
    epochs: z.int().min(1).max(100_000),
    batchSize: z.int().min(1).max(65_536),
    optimizer: optimizerSettings,
    schedule: scheduleSettings,
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
    objectives: z.array(z.strictObject({ output: name, loss: lossSettings, weight: z.number().min(0).max(1e6), column: name })).max(1000),
    metrics: z.array(metricSettings).max(100),
  }),
  data: z.strictObject({ dataset: id.nullable(), inputs: z.record(id, id) }),
  checks: z
    .strictObject({
      off: z.array(z.strictObject({ code: id, node: z.string().min(1).max(20_000).optional(), reason: z.string().max(2000) })).max(10_000),
      maxParameters: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    })
    .optional(),
  view: z.strictObject({
    viewport: z.strictObject({ x: coordinate, y: coordinate, zoom }).optional(),
    bookmarks: z
      .array(z.strictObject({ name: z.string().min(1).max(200), inside: z.array(id).max(64), x: coordinate, y: coordinate, zoom }))
      .max(100)
      .optional(),
  }),
});
export type FileDocument = z.output<typeof fileDocument>;
