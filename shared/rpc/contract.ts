import * as z from 'zod';
import { STAGES } from '../program/passes';
import { MOST_NUMBERS } from '../training/metrics/_define';
import { commonSettings } from '../training/optimizers/_define';
import { optimizerSettings } from '../training/optimizers/index';
import { scheduleSettings } from '../training/schedules/index';
import { MOST_IMAGE_BYTES } from '../data/imageFile';
import { float32Array, int32Array, uint8Array } from './arrays';
import { call, defineContract } from './define';

const none = z.strictObject({});
const done = z.strictObject({});
const id = z.string().min(1).max(200);
const text = z.string().max(64 * 1024 * 1024);

/** A file that the user picked. Paths never come from the page: it holds an opaque handle. */
export const openedDocument = z.strictObject({
  handle: id.nullable(),
  /** File name, or a sample's title. */
  name: z.string(),
  /** The folder, to be shown only. */
  folder: z.string().nullable(),
  text: z.string(),
  /** Of the file as it was read; handed back on save, so that a change on disk is noticed. */
  stamp: z.string().nullable(),
  readOnly: z.boolean(),
  /** Another window or process has it open for writing. */
  lockedBy: z.string().nullable(),
});
export type OpenedDocument = z.output<typeof openedDocument>;

export const engineName = z.enum(['tensorflow', 'onnxruntime', 'onnxruntime-gpu']);
export type EngineName = z.output<typeof engineName>;

export const engineStatus = z.strictObject({
  name: engineName,
  title: z.string(),
  available: z.boolean(),
  version: z.string().nullable(),
  /** Why it is not there, in a sentence. */
  reason: z.string().nullable(),
  /** The one command that would get it. */
  remedy: z.string().nullable(),
});
export type EngineStatus = z.output<typeof engineStatus>;

export const appInfo = z.strictObject({
  version: z.string(),
  host: z.enum(['electron', 'web']),
  platform: z.string(),
  /** The host opens its own file dialogs; else the page shows `project.browse`. */
  nativeDialogs: z.boolean(),
  /** None until they were looked at, which 'engine.changed' tells. */
  engines: z.array(engineStatus),
  versions: z.record(z.string(), z.string()),
});
export type AppInfo = z.output<typeof appInfo>;

export const datasetInfo = z.strictObject({
  id,
  title: z.string(),
  description: z.string(),
  licence: z.string(),
  /** Shape of one image, height × width × channels; where they are resized, of the first. */
  imageShape: z.tuple([z.int(), z.int(), z.int()]),
  /** The images take the size of the network’s input. */
  resizes: z.boolean().optional(),
  classes: z.array(z.string()),
  counts: z.strictObject({ train: z.int(), validation: z.int(), test: z.int() }),
  /** Images of each class in the training split, in the order of `classes`. */
  classCounts: z.array(z.int()),
  /** Why nothing of it can be read now: its folder is gone, or may not be read. */
  problem: z.string().optional(),
});
export type DatasetInfo = z.output<typeof datasetInfo>;
export const split = z.enum(['train', 'validation', 'test']);
export type Split = z.output<typeof split>;

export const runStatus = z.enum(['preparing', 'running', 'pausing', 'paused', 'stopping', 'finished', 'stopped', 'failed']);
export type RunStatus = z.output<typeof runStatus>;

const metric = z.number().nullable();
/** One point of the live curve. Loss is the mean over the samples since the point before. */
export const stepPoint = z.strictObject({ step: z.int(), epoch: z.number(), loss: metric, accuracy: metric });
export type StepPoint = z.output<typeof stepPoint>;
/** Metrics by name; of several outputs `output/metric`. */
const metricPair = z.strictObject({ train: metric, validation: metric });
export const epochRow = z.strictObject({
  epoch: z.int(),
  trainLoss: metric,
  trainAccuracy: metric,
  validationLoss: metric,
  validationAccuracy: metric,
  metrics: z.record(z.string(), metricPair).optional(),
  /** At the epoch's last step. */
  learningRate: z.number().optional(),
  seconds: z.number(),
});
export type EpochRow = z.output<typeof epochRow>;

/** What a metric has seen of the epoch that was stopped in its middle: sums and counts, or every score. */
const meterState = z.strictObject({
  numbers: z.array(z.number().nullable()).max(MOST_NUMBERS).readonly(),
  scores: float32Array.optional(),
  targets: int32Array.optional(),
});

/** Where a training is, so that with its weights and slots it goes on as if it had never been stopped. */
export const trainingPosition = z.strictObject({
  /** Whole epochs, and steps in all. */
  epoch: z.int().min(0),
  step: z.int().min(0),
  /** Sums of the epoch that was stopped in its middle. */
  sums: z
    .strictObject({
      samples: z.number(),
      loss: z.number(),
      outputs: z.record(z.string(), z.strictObject({ loss: z.number(), correct: z.number().nullable(), count: z.number() })),
      /** By the metric's name, of several outputs `output/metric`. */
      meters: z.record(z.string(), meterState).optional(),
    })
    .nullable()
    .optional(),
  /** What a plateau is seen by. */
  plateau: z.strictObject({ share: z.number(), best: z.number().nullable(), wait: z.number(), cooldown: z.number() }).nullable().optional(),
});
export type TrainingPosition = z.output<typeof trainingPosition>;

/** What was measured over a part of the data. */
export const evaluation = z.strictObject({
  loss: z.number(),
  /** Null where there is no right and wrong. */
  accuracy: metric,
  metrics: z.record(z.string(), metric),
  /** Images that it was measured over. */
  count: z.int(),
  /** Files that could not be read and were left out, with reasons; at most some of them. */
  unreadable: z.array(z.string()),
  /** Of each output with classes: a row for each right class, a column for each predicted one. */
  confusions: z.array(
    z.strictObject({
      output: z.string(),
      counts: z.array(z.array(z.int())),
      /** Right and predicted class of each sample by its place in the split, -1 of what could not be read; null where one has several. */
      samples: z.strictObject({ right: int32Array, predicted: int32Array }).nullable(),
    }),
  ),
});
export type Evaluation = z.output<typeof evaluation>;

export const trainingRequest = z.strictObject({
  dataset: id,
  epochs: z.int().min(1).max(100_000),
  batchSize: z.int().min(1).max(65_536),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  engine: engineName.nullable().default(null),
  optimizer: optimizerSettings,
  /** Left out: constant. */
  schedule: scheduleSettings.optional(),
});
export type TrainingRequest = z.output<typeof trainingRequest>;

/** A step of a learning-rate range test. */
export const ratePoint = z.strictObject({ rate: z.number(), loss: z.number() });

export const brokenBy = z.enum(['learningRate', 'data']);
export type BrokenBy = z.output<typeof brokenBy>;

export const runSummary = z.strictObject({
  id,
  documentId: id,
  documentName: z.string(),
  status: runStatus,
  /** Why it failed or stopped, in a sentence. */
  message: z.string().nullable(),
  /** What broke its numbers: with the same of it they would break again at the same step, since a run repeats bit for bit. */
  brokenBy: brokenBy.optional(),
  /** Since when the engine was not heard of, in milliseconds since 1970, where that is longer than any step of the run took. */
  silentSince: z.number().nullable().optional(),
  engine: z.string().nullable(),
  /** Why this engine; of runs before it was told left out. */
  engineReason: z.string().nullable().optional(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  request: trainingRequest,
  epoch: z.int(),
  step: z.int(),
  totalSteps: z.int(),
  secondsLeft: z.number().nullable(),
  imagesPerSecond: z.number().nullable(),
  /** Share of the time in which the engine waited for images; of runs before it was measured left out. */
  waitingForData: z.number().nullable().optional(),
  /** Files that could not be read and were left out, with reasons; at most some of them. */
  unreadable: z.array(z.string()).optional(),
  /** Kept weights exist, so that it can predict, export and be evaluated. */
  hasWeights: z.boolean(),
  best: z.strictObject({ epoch: z.int(), validationAccuracy: z.number() }).nullable(),
  testAccuracy: z.number().nullable(),
  /** Who trains it where it is another program: `a terminal, since 02:15 PM`. It can only be looked at here. */
  elsewhere: z.string().optional(),
  /** All that was measured on the test part; null before its end. */
  test: z
    .strictObject({ loss: metric, metrics: z.record(z.string(), metric) })
    .nullable()
    .optional(),
});
export type RunSummary = z.output<typeof runSummary>;

/** What the first output of a layer is in a training step, over some samples. */
export const layerActivity = z.strictObject({
  /** In the expanded network as it was trained. */
  path: z.string(),
  /** Root of the mean square; null where it is not a finite number. */
  rms: z.number().min(0).nullable(),
  /** Share of numbers that are exactly zero. */
  zeros: z.number().min(0).max(1),
  /** Share of channels that are zero for all samples everywhere. */
  silent: z.number().min(0).max(1),
});
export type LayerActivity = z.output<typeof layerActivity>;

export const activityReport = z.strictObject({
  step: z.int().min(0),
  samples: z.int().min(0),
  layers: z.array(layerActivity).max(100_000),
});
export type ActivityReport = z.output<typeof activityReport>;

export const runDetails = z.strictObject({
  summary: runSummary,
  points: z.array(stepPoint),
  epochs: z.array(epochRow),
  /** What was last told of its layers; of a run of another sitting left out. */
  activity: activityReport.optional(),
});
export type RunDetails = z.output<typeof runDetails>;

/** The image to look at: pixels in [0, 1] of the data set's image shape, one of its images, or a PNG, JPEG or WebP file as it is. */
export const modelInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pixels'), pixels: float32Array }),
  z.strictObject({ kind: z.literal('image'), split, index: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('file'),
    name: z.string().max(255),
    bytes: uint8Array.refine(({ byteLength }) => byteLength <= MOST_IMAGE_BYTES, 'the file is too large'),
  }),
]);

/** Channels of a layer's output for one image, as pictures. */
export const activation = z.strictObject({
  path: z.string(),
  name: z.string(),
  type: z.string(),
  /** Without the batch, channels-last. */
  shape: z.array(z.int()),
  /** As many leading channels as are shown; `tiles` holds them one after the other, each height × width, raw values. */
  channels: z.int(),
  height: z.int(),
  width: z.int(),
  tiles: float32Array,
  minimum: z.number(),
  maximum: z.number(),
});
export type Activation = z.output<typeof activation>;

export const exportFormat = z.enum(['savedmodel', 'tfjs']);
export type ExportFormat = z.output<typeof exportFormat>;

export const exportReport = z.strictObject({
  format: exportFormat,
  /** Where it was written, to be shown. */
  folder: z.string(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int() })),
  /** The foreign reader that loaded it again, or why none did. */
  verification: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('verified'),
      reader: z.string(),
      samples: z.int(),
      largestDifference: z.number(),
      bar: z.number(),
      passed: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('notVerified'), reason: z.string() }),
  ]),
});
export type ExportReport = z.output<typeof exportReport>;

export const jobState = z.strictObject({
  id,
  title: z.string(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** 0…1, or null where it cannot be known. */
  progress: z.number().nullable(),
  detail: z.string(),
  error: z.strictObject({ code: z.string(), message: z.string(), fix: z.string().optional() }).nullable(),
  exportReport: exportReport.nullable(),
});
export type JobState = z.output<typeof jobState>;

const settingFields = {
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  /** Of all words and icons of the window; a browser's own text size is multiplied by it. */
  textSize: z.enum(['100%', '125%', '150%', '200%']),
  density: z.enum(['comfortable', 'compact']),
  /** `73,728` and `11.2 M`, or `73.7 k` and `11.2 M`. */
  numbers: z.enum(['grouped', 'short']),
  /** Of new networks. */
  dataFormat: z.enum(['channelsLast', 'channelsFirst']),
  motion: z.enum(['system', 'reduced']),
  /** Keys that the person gave a command, by its id; an empty list takes them all away. */
  keybindings: z.record(id, z.array(z.string().min(1).max(40)).max(8)),
  engine: engineName.nullable(),
  /** How many threads compute; null: as many as the processor has cores. */
  threads: z.int().min(1).max(256).nullable(),
  layout: z.record(z.string(), z.unknown()),
  /** Wires as thick as their channels are many, dashed by what they carry; or all alike. */
  wires: z.enum(['plain', 'byChannels']),
  /** Residual streams under ribbons, or not marked. */
  streams: z.enum(['plain', 'ribbons']),
  /** What the mouse wheel does on the canvas; with Ctrl or the command key it zooms in any case. */
  wheel: z.enum(['moves', 'zooms']),
  /** When a document that has a file is saved by itself: never, a second after an edit, or when its window loses the focus. */
  autosave: z.enum(['off', 'afterEdits', 'onLeaving']),
};
export const settings = z.strictObject({
  theme: settingFields.theme.default('system'),
  textSize: settingFields.textSize.default('100%'),
  density: settingFields.density.default('comfortable'),
  numbers: settingFields.numbers.default('grouped'),
  dataFormat: settingFields.dataFormat.default('channelsLast'),
  motion: settingFields.motion.default('system'),
  keybindings: settingFields.keybindings.default({}),
  engine: settingFields.engine.default(null),
  threads: settingFields.threads.default(null),
  layout: settingFields.layout.default({}),
  wires: settingFields.wires.default('plain'),
  streams: settingFields.streams.default('plain'),
  wheel: settingFields.wheel.default('moves'),
  autosave: settingFields.autosave.default('off'),
});
export type Settings = z.output<typeof settings>;

export const logLine = z.strictObject({
  number: z.int(),
  at: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  /** The part of the program: `engine`, `page`, or a call's name. */
  source: z.string(),
  text: z.string(),
});
export type LogLine = z.output<typeof logLine>;

/** `stamp` is of the file as the draft's document knows it, so that a file that changed since is noticed. */
const draft = z.strictObject({
  id,
  name: z.string().max(1000),
  handle: id.nullable(),
  stamp: z.string().nullable().default(null),
  text,
  savedAt: z.number(),
});
const runRef = z.strictObject({ runId: id });

/** The programs that a network is compiled to. */
export const programName = z.enum(['train', 'evaluate', 'predict', 'gradients', 'inspect']);
export type ProgramName = z.output<typeof programName>;
export const programRequest = z.strictObject({
  document: text,
  program: programName,
  /** How far the compiler has brought it; null: as the engine gets it. */
  stage: z
    .enum(STAGES.map(({ name }) => name))
    .nullable()
    .default(null),
  /** The path of the only layer that is asked for; null: all. */
  layer: id.nullable(),
});
export const programText = z.strictObject({
  text: z.string(),
  operations: z.int(),
  /** How many there are of each primitive, the most frequent first. */
  primitives: z.array(z.strictObject({ name: z.string(), count: z.int() })),
  /** Before the compiler's passes and after each, how many operations there are, and how many of them wait for another. */
  stages: z.array(z.strictObject({ title: z.string(), operations: z.int(), waiting: z.int() })),
});
export type ProgramText = z.output<typeof programText>;

export const measurement = z.strictObject({ measurementId: id });
export const profileRequest = z.strictObject({
  /** By which whoever asks ends it; its own. */
  measurementId: id,
  document: text,
  /** A training step, or a prediction. */
  program: z.enum(['train', 'predict']),
  batchSize: z.int().min(1).max(65_536),
  engine: engineName.nullable(),
});

/** Where the time and the memory of a run go. */
export const profile = z.strictObject({
  engine: z.string(),
  program: z.enum(['train', 'predict']),
  batchSize: z.int(),
  /** Of the whole run. */
  milliseconds: z.number(),
  /** Sum of all operations, each run alone; the rows are scaled to the whole run. */
  alone: z.number(),
  /** The slowest first. */
  rows: z.array(
    z.strictObject({
      /** The layer, its gradients and its optimizer's step; null is the loss and what is between layers. */
      path: z.string().nullable(),
      milliseconds: z.number(),
      /** Of it the layer itself, its gradients, and the optimizer's step. */
      forward: z.number(),
      backward: z.number(),
      update: z.number(),
      /** Of its values when the run takes the most memory. */
      bytes: z.number(),
    }),
  ),
});
export type Profile = z.output<typeof profile>;

/** How far a measurement is: of how many different operations how many are measured. */
export const measuring = z.strictObject({ measurementId: id, done: z.int(), total: z.int() });

/** The engine that predicts for the model that was asked last, and why, in words. */
export const answering = z.strictObject({ engine: engineName, reason: z.string() });
export type AnsweringEngine = z.output<typeof answering>;

/** What the engine's process is at. */
export const engineProcess = z.strictObject({
  engines: z.array(engineStatus),
  /** With which it computes. */
  threads: z.int().nullable(),
  /** What the process takes, in bytes. */
  memory: z.number().nullable(),
  answering: answering.nullable(),
});
export type EngineProcessInfo = z.output<typeof engineProcess>;

/** Memory of a training step, in bytes, against what is free; an estimate, within about a quarter. */
export const memoryNeed = z.strictObject({
  needed: z.number(),
  free: z.number(),
  /** The largest batch that fits into what is free; 0 where not even one sample does. */
  fittingBatch: z.int(),
});
export type MemoryNeed = z.output<typeof memoryNeed>;
const fileRef = z.strictObject({ handle: id });
const lockedBy = z.string().nullable();

/** Where a window was: its document, the place in it, and what was selected. */
export const windowState = z.strictObject({
  documentId: id,
  handle: id.nullable(),
  name: z.string().max(1000),
  /** Block instances from the network inwards; empty: the network itself. */
  inside: z.array(id).max(64),
  selected: z.array(id).max(100_000),
  tab: z.string().max(40),
  view: z.strictObject({ x: z.number(), y: z.number(), zoom: z.number().positive() }).nullable(),
});
export type WindowState = z.output<typeof windowState>;

/**
 * All that a page may ask of its host and all that the host tells, in every host alike (desktop, browser, terminal).
 * Long jobs answer at once with an id and go on when the page is gone; a page that comes back asks for the list.
 */
export const contract = defineContract({
  calls: {
    'app.info': call(none, appInfo),
    'engine.status': call(none, engineProcess),
    /** The compiled network as text. */
    'engine.program': call(programRequest, programText),
    /** Runs the network on made-up data and tells where time and memory go; takes seconds. */
    'engine.profile': call(profileRequest, profile),
    /** Ends one of the page's own measurements by `engine.profile`; that is answered with E_STOPPED. */
    'engine.stopProfile': call(measurement, done),
    /** https: and mailto: only. */
    'app.openExternal': call(z.strictObject({ url: z.string().max(4096) }), done),
    /** The page has put its drafts away and the window may close. */
    'app.readyToClose': call(none, done),

    /**
     * Says which window the page is in: the one of last time, or null for a new one. Answers with its name from now on: another
     * one where the window of that name is there already (a tab that was duplicated).
     */
    'window.attach': call(z.strictObject({ window: id.nullable() }), z.strictObject({ window: id })),
    /** Opens another window: with a file, or empty. A page in a browser does that itself. */
    'window.open': call(z.strictObject({ handle: id.nullable() }), done),
    /** Where the window is, to be there again after a restart. */
    'window.keep': call(windowState, done),
    /** Where the window was. `adopt`: a window that was not there before goes on where the last one ended, if none is open. */
    'window.restore': call(z.strictObject({ adopt: z.boolean() }), z.strictObject({ state: windowState.nullable(), isAlone: z.boolean() })),

    'settings.get': call(none, settings),
    'settings.set': call(z.strictObject(settingFields).partial(), settings),
    /** Where the settings are, to be shown, and what in them does not fit: it is left as it is, and its default holds. */
    'settings.file': call(
      none,
      z.strictObject({ path: z.string(), problems: z.array(z.strictObject({ field: z.string().nullable(), message: z.string() })) }),
    ),
    /** Shows the settings' file in the system's file manager, where there is one. */
    'settings.reveal': call(none, done),

    /** Lines of the log with a number above `after`. */
    'log.read': call(z.strictObject({ after: z.int().min(0) }), z.strictObject({ lines: z.array(logLine) })),
    /** What went wrong in the page. */
    'log.write': call(z.strictObject({ level: logLine.shape.level, text: z.string().max(20_000) }), done),
    /** What went wrong lately, without personal data, to be copied into a bug report. */
    'log.report': call(none, z.strictObject({ text: z.string() })),

    'project.samples': call(none, z.array(z.strictObject({ name: id, title: z.string(), description: z.string() }))),
    'project.recent': call(none, z.array(z.strictObject({ handle: id, name: z.string(), folder: z.string(), openedAt: z.number() }))),
    /** Null where the user cancelled the dialog. */
    'project.open': call(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('dialog') }),
        z.strictObject({ kind: z.literal('handle'), handle: id }),
        z.strictObject({ kind: z.literal('sample'), name: id }),
      ]),
      openedDocument.nullable(),
    ),
    /** What the app was started with (a file on the command line), handed out once. */
    'project.initial': call(none, openedDocument.nullable()),
    'project.save': call(
      z.strictObject({
        handle: id,
        text,
        stamp: z.string().nullable(),
        overwrite: z.boolean().default(false),
        /** Nobody asked for it: it is a version of its own only where the last one is some minutes old. */
        automatic: z.boolean().default(false),
      }),
      z.strictObject({ stamp: z.string() }),
    ),
    /** `target` from `project.browse` where the host has no dialog. */
    'project.saveAs': call(
      z.strictObject({
        text,
        /** The file that the document was until now, whose runs it takes along; null for one that was never saved. */
        from: id.nullable().default(null),
        suggestedName: z.string().max(255),
        target: z
          .strictObject({ folder: id, name: z.string().max(255) })
          .nullable()
          .default(null),
      }),
      z.strictObject({ handle: id, name: z.string(), folder: z.string(), stamp: z.string() }).nullable(),
    ),
    'project.close': call(fileRef, done),
    /** Takes a file for writing that another window had. `lockedBy` says who has it, where somebody has. */
    'project.claim': call(fileRef, z.strictObject({ lockedBy, stamp: z.string().nullable() })),
    /** Tells the windows that follow this one what the document is now. */
    'project.tell': call(z.strictObject({ handle: id, text, stamp: z.string().nullable(), isDirty: z.boolean() }), done),
    /** The last saves of a document, the latest first. */
    'project.versions': call(
      z.strictObject({ documentId: id }),
      z.array(z.strictObject({ version: id, savedAt: z.number(), bytes: z.int() })),
    ),
    'project.version': call(z.strictObject({ documentId: id, version: id }), z.strictObject({ text })),
    /** Folders and documents below the folder that the web host was started in; handles, not paths. */
    'project.browse': call(
      z.strictObject({ folder: id.nullable() }),
      z.strictObject({
        folder: id,
        title: z.string(),
        parent: id.nullable(),
        entries: z.array(z.strictObject({ kind: z.enum(['folder', 'document']), handle: id, name: z.string(), modifiedAt: z.number() })),
      }),
    ),

    'drafts.put': call(draft.omit({ savedAt: true }), done),
    'drafts.list': call(none, z.array(draft)),
    'drafts.drop': call(z.strictObject({ id }), done),

    /** The steps that led to a document, as the page wrote them. */
    'history.put': call(z.strictObject({ id, text: z.string().max(4 * 1024 * 1024) }), done),
    'history.get': call(z.strictObject({ id }), z.strictObject({ text: z.string().nullable() })),

    /** A person's own blocks, each as the text of its file, and the files that hold none, with the reason. */
    'blocks.list': call(
      none,
      z.strictObject({
        blocks: z.array(z.strictObject({ name: id, text })),
        unreadable: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
      }),
    ),
    /** Keeps a block's file under its name; one that is there already stays. */
    'blocks.keep': call(z.strictObject({ text }), z.strictObject({ name: id })),
    'blocks.remove': call(z.strictObject({ name: id }), done),

    'data.list': call(none, z.array(datasetInfo)),
    /** A folder of images becomes a data set; null where the user cancelled the dialog. `folder` from `project.browse` where there is none. */
    'data.addFolder': call(z.strictObject({ folder: id.nullable() }), datasetInfo.nullable()),
    /** Forgets a folder; nothing in it is touched. */
    'data.removeFolder': call(z.strictObject({ dataset: id }), done),
    'data.images': call(
      z.strictObject({ dataset: id, split, offset: z.int().min(0), count: z.int().min(1).max(1024) }),
      /**
       * `shape` of each image: those that are resized come small. `places` of each in the split: files that cannot be read are left
       * out, and `unreadable` names them.
       */
      z.strictObject({
        pixels: float32Array,
        shape: z.tuple([z.int(), z.int(), z.int()]),
        labels: z.array(z.int()),
        places: z.array(z.int()),
        unreadable: z.array(z.string()),
        total: z.int(),
      }),
    ),

    'runs.start': call(
      z.strictObject({ document: text, documentName: z.string().max(255), handle: id.nullable(), request: trainingRequest }),
      runRef,
    ),
    /** Before it is started: what a step of this training takes. Where that is free, the network is compiled ahead afterwards. */
    'runs.prepare': call(z.strictObject({ document: text, request: trainingRequest }), memoryNeed),
    /**
     * A learning-rate range test: the loss while the rate grows. It keeps nothing and changes no run's weights. The page gives it a name,
     * by which it is told each step and can stop it.
     */
    'runs.rates': call(
      z.strictObject({ testId: id, document: text, request: trainingRequest }),
      z.strictObject({ points: z.array(ratePoint), stopped: z.boolean() }),
    ),
    /** Ends the test; it answers at once with what it has. */
    'runs.stopRates': call(z.strictObject({ testId: id }), done),
    'runs.pause': call(runRef, done),
    'runs.resume': call(runRef, done),
    'runs.stop': call(runRef, done),
    /** A run that was stopped or broken off goes on from its last checkpoint, as if nothing had been; or with another learning rate. */
    'runs.goOn': call(z.strictObject({ ...runRef.shape, learningRate: commonSettings.learningRate.optional() }), done),
    'runs.list': call(z.strictObject({ documentId: id, handle: id.nullable() }), z.array(runSummary)),
    'runs.get': call(runRef, runDetails),
    'runs.remove': call(runRef, done),

    /** With the weights of a run (also while it trains: those of its last checkpoint). */
    'model.predict': call(
      z.strictObject({ runId: id, input: modelInput }),
      z.strictObject({
        classes: z.array(z.string()),
        probabilities: z.array(z.number()),
        label: z.int().nullable(),
        /** Height, width and channels of what the network prepares of the image for itself; null: it takes it as it is. */
        prepared: z.array(z.int()).nullable(),
        activations: z.array(activation),
      }),
    ),

    /** The network, or a part of it, as a PDF: `block` the inside of a definition, `nodes` only these layers. */
    'picture.pdf': call(
      z.strictObject({
        document: text,
        title: z.string().max(255),
        block: id.nullable(),
        nodes: z.array(id).max(50_000).nullable(),
        shapes: z.boolean(),
        ribbons: z.boolean(),
      }),
      z.strictObject({ bytes: uint8Array }),
    ),

    /** All that is measured over a part of the data with the weights of a run, and which classes are taken for which. */
    'model.evaluate': call(z.strictObject({ runId: id, split }), evaluation),

    'export.start': call(
      z.strictObject({
        runId: id,
        format: exportFormat,
        /** Null: the host asks with its dialog. */
        target: z.strictObject({ folder: id, name: z.string().max(255) }).nullable(),
      }),
      z.strictObject({ jobId: id.nullable() }),
    ),
    'jobs.list': call(none, z.array(jobState)),
    'jobs.cancel': call(z.strictObject({ jobId: id }), done),
    /** Shows an export's folder in the system's file manager, where there is one. */
    'jobs.reveal': call(z.strictObject({ jobId: id }), done),
  },
  events: {
    /** At most about 20 a second for each run. */
    'runs.progress': z.strictObject({ summary: runSummary, points: z.array(stepPoint), epochs: z.array(epochRow) }),
    /** Runs could not go along when their document got another file; `message` says why. */
    'runs.leftBehind': z.strictObject({ documentId: id, message: z.string(), fix: z.string() }),
    /** What layers give, now and then while a run goes on. */
    'runs.activity': z.strictObject({ runId: id, documentId: id, activity: activityReport }),
    /** A step of a test of learning rates. */
    'runs.rate': z.strictObject({ testId: id, point: ratePoint }),
    'engine.measuring': measuring,
    'jobs.changed': jobState,
    'engine.changed': z.strictObject({ engines: z.array(engineStatus), message: z.string().nullable() }),
    /** One's own blocks are others now. */
    'blocks.changed': none,
    /** A command chosen in the native menu. */
    'app.command': z.strictObject({ id }),
    /** A file comes from outside (double click, second start, dropped on the window); `here`: in this window, whatever it shows. */
    'app.openDocument': z.strictObject({ handle: id, here: z.boolean() }),
    /** Another window opened this window's file and follows it: it wants to be told. */
    'project.followed': fileRef,
    /** What the document of a file is now in the window that has it. */
    'project.told': z.strictObject({ handle: id, text, stamp: z.string().nullable(), isDirty: z.boolean() }),
    /** The window that had the file has it no more. */
    'project.free': fileRef,
    /** The file was changed by another program; `stamp` is null where it is gone. */
    'project.changed': z.strictObject({ handle: id, stamp: z.string().nullable() }),
    /** The window wants to close: put drafts away, then call `app.readyToClose`. */
    'app.closing': none,
  },
});
export type HostContract = typeof contract;
