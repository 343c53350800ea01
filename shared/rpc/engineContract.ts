import * as z from 'zod';
import { anyArray, float32Array, uint8Array } from './arrays';
import {
  activation,
  activityReport,
  answering,
  brokenBy,
  engineName,
  epochRow,
  evaluation,
  measurement,
  measuring,
  memoryNeed,
  profile,
  profileRequest,
  programRequest,
  programText,
  ratePoint,
  split,
  stepPoint,
  trainingPosition,
  trainingRequest,
} from './contract';
import { call, defineContract } from './define';

/** Name of the variable through which the owner says how many threads compute; read when an engine's library is loaded. */
export const THREADS = 'SKIPWIRE_THREADS';

/** Name of the variable that tells an engine's process to load TensorFlow's package for GPUs: its value is then `gpu`. */
export const TENSORFLOW = 'SKIPWIRE_TENSORFLOW';

const none = z.strictObject({});
const id = z.string().min(1).max(200);
const documentText = z.string();

export const tensor = z.strictObject({
  dtype: z.enum(['float32', 'int32', 'bool']),
  shape: z.array(z.int().min(0)),
  data: anyArray,
});
export const tensors = z.record(z.string(), tensor);

/** Where data sets are: the folder of the bundled ones, and of a folder of images its own. */
const dataPlace = z.strictObject({ assets: z.string(), folder: z.string().nullable() });
export type DataPlace = z.output<typeof dataPlace>;

/** A network with its weights, to be run. */
const model = { document: documentText, weights: tensors, engine: engineName.nullable() };
const runRef = z.strictObject({ runId: id });

/** Images in [0, 1], height × width × channels, one after the other. */
const images = float32Array;
/** Of images that are to be prepared as the network's input says; null: they are as it takes them, but channels last. */
const imageShape = z
  .tuple([z.int().min(1), z.int().min(1), z.int().min(1)])
  .nullable()
  .default(null);

/**
 * What the engine's process answers. It holds no file and no setting: documents, weights and choices come with each call,
 * and weights leave as events. It may die at any time; its owner starts another.
 */
export const engineContract = defineContract({
  calls: {
    'engine.info': call(
      none,
      z.strictObject({
        engines: z.array(z.strictObject({ name: engineName, version: z.string().nullable(), reason: z.string().nullable() })),
        /** With which it computes. */
        threads: z.int(),
        /** What the process takes, in bytes. */
        memory: z.number(),
        answering: answering.nullable(),
      }),
    ),
    /**
     * Why onnxruntime computes on no GPU here; null where it does. The driver may end the process: to be asked of one of its own.
     */
    'gpu.look': call(none, z.strictObject({ reason: z.string().nullable() })),
    /** Why the TensorFlow that this process loads computes on no GPU; null where it does. To be asked of a process of its own, too. */
    'tensorflow.look': call(none, z.strictObject({ reason: z.string().nullable() })),
    /** Milliseconds of a training step on made-up data, and the engine that took it. */
    'engine.trial': call(
      z.strictObject({ document: documentText, request: trainingRequest }),
      z.strictObject({ milliseconds: z.number(), engine: engineName }),
    ),
    /** Which engine predicts the quickest here, tried on made-up data. */
    'engine.answering': call(z.strictObject({ document: documentText, batchSize: z.int().min(1).max(65_536) }), answering),
    'engine.program': call(programRequest, programText),
    'engine.profile': call(profileRequest, profile),
    /** Heard between two operations. */
    'engine.stopProfile': call(measurement, none),
    /** Compiles ahead, so that the first step does not wait for it. */
    'engine.prepare': call(z.strictObject({ document: documentText, request: trainingRequest }), none),
    'train.estimate': call(z.strictObject({ document: documentText, request: trainingRequest }), memoryNeed),
    /** The loss at each rate of a range test, told step by step as well; `train.stop` ends it. */
    'train.rates': call(
      z.strictObject({ runId: id, document: documentText, request: trainingRequest, data: dataPlace }),
      z.strictObject({ points: z.array(ratePoint) }),
    ),
    'train.start': call(
      z.strictObject({
        runId: id,
        document: documentText,
        request: trainingRequest,
        data: dataPlace,
        /** Weights and optimizer state to go on from. */
        resume: z.strictObject({ weights: tensors, position: trainingPosition }).nullable(),
      }),
      none,
    ),
    'train.pause': call(runRef, none),
    'train.resume': call(runRef, none),
    'train.stop': call(runRef, none),
    'model.evaluate': call(z.strictObject({ ...model, dataset: id, split, data: dataPlace }), evaluation),
    /** Rows of the first output, one an image. */
    'model.predict': call(z.strictObject({ ...model, images, imageShape }), z.strictObject({ values: float32Array, classes: z.int() })),
    /**
     * The engine keeps the weights that it was given last for a network under their version; without weights it means those, and fails
     * with `E_NO_WEIGHTS` where it has them no more.
     */
    'model.inspect': call(
      z.strictObject({ ...model, weights: tensors.nullable(), version: id, images, imageShape, maxChannels: z.int().min(1).max(1024) }),
      z.strictObject({ probabilities: z.array(z.number()), activations: z.array(activation) }),
    ),
    /** Loads an exported TensorFlow.js model with TensorFlow.js on its own cpu backend and runs it. */
    'verify.tfjs': call(
      z.strictObject({ files: z.array(z.strictObject({ name: z.string(), bytes: uint8Array })), inputs: tensor }),
      z.strictObject({ values: float32Array, reader: z.string() }),
    ),
    /** Loads an exported SavedModel with tfjs-node's own loader; null where there is no TensorFlow. */
    'verify.savedModel': call(
      z.strictObject({ folder: z.string(), inputs: tensor }),
      z.strictObject({ values: float32Array, reader: z.string() }).nullable(),
    ),
  },
  events: {
    /** Every second while a run goes on, unless a step takes longer. */
    'engine.alive': none,
    'train.progress': z.strictObject({
      runId: id,
      status: z.enum(['preparing', 'running', 'paused', 'stopping']),
      engine: z.string(),
      points: z.array(stepPoint),
      epochs: z.array(epochRow),
      epoch: z.int(),
      step: z.int(),
      totalSteps: z.int(),
      secondsLeft: z.number().nullable(),
      imagesPerSecond: z.number().nullable(),
      waitingForData: z.number().nullable(),
      unreadable: z.array(z.string()),
    }),
    /** At most once a second, and for at most about a quarter of a hundredth of the time; of a short training once, at its end. */
    'train.activity': z.strictObject({ runId: id, activity: activityReport }),
    'engine.measuring': measuring,
    'train.rate': z.strictObject({ runId: id, point: ratePoint }),
    'train.checkpoint': z.strictObject({ runId: id, position: trainingPosition, weights: tensors }),
    'train.ended': z.strictObject({
      runId: id,
      status: z.enum(['finished', 'stopped', 'failed']),
      message: z.string().nullable(),
      brokenBy: brokenBy.optional(),
      testAccuracy: z.number().nullable(),
      test: z.strictObject({ loss: z.number(), metrics: z.record(z.string(), z.number().nullable()) }).nullable(),
    }),
  },
});
export type EngineContract = typeof engineContract;
