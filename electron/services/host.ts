import type { AppInfo } from '../../shared/rpc/contract';
import type { Pipe } from '../../shared/rpc/define';
import type { ProcessEnd } from './engineEnd';

/** A process of the engine, however the host started it. */
export interface EngineProcess {
  readonly pipe: Pipe;
  readonly pid: number | undefined;
  /** Ends it at once. */
  kill(): void;
  /** Called once when it has ended. */
  onExit(listener: (end: ProcessEnd) => void): void;
  /** What it writes to its error stream, in chunks. */
  onStderr(listener: (text: string) => void): void;
}

/** What differs between the desktop app, the web host and the terminal. */
export interface Host {
  readonly kind: AppInfo['host'];
  /** What others are told of who holds a file; left out: its kind. */
  readonly holder?: 'terminal';
  readonly version: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly paths: {
    /** Settings, drafts and runs of documents that have no file yet. */
    readonly userData: string;
    /** Samples and data sets. */
    readonly assets: string;
    /** Where `project.browse` begins and which it does not leave; null where the host has dialogs. */
    readonly browseRoot: string | null;
  };
  readonly dialogs: Dialogs | null;
  /** With these variables added to its environment; what a quiet one writes to its error stream is only for its listener. */
  forkEngine(environment: Readonly<Record<string, string>>, isQuiet?: boolean): EngineProcess;
  /** How long an engine may be silent before it counts as stuck, in milliseconds; left out: ten minutes. */
  readonly stuckAfter?: number;
  reveal(path: string): void;
  openExternal(url: string): void;
}

export interface Dialogs {
  open(): Promise<string | null>;
  save(suggestedName: string): Promise<string | null>;
  /** A folder that is there. */
  openFolder(): Promise<string | null>;
  /** A new folder to export to. */
  folder(suggestedName: string): Promise<string | null>;
}
