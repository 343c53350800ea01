import type { Page } from '@playwright/test';

/** The app in one of its hosts, as a test sees it. */
export interface RunningApp {
  readonly kind: 'web' | 'electron';
  readonly page: Page;
  /** A fresh folder: documents are opened from it, saved and exported to it. */
  readonly folder: string;
  /** Errors of the page's console and uncaught ones, as they came. */
  readonly errors: readonly string[];
  /** Where the system has its own dialogs, the next one answers with this path, or is cancelled (null); a page's own dialog is used by hand. */
  answerNextDialog(path: string | null): Promise<void>;
  /** Processes of the engine that are alive. */
  enginePids(): Promise<readonly number[]>;
  /** Starts the program once more with a document, where there is one program for all windows. */
  secondStart?(document: string): Promise<void>;
  /** Ends the host with SIGKILL, and its page with it: nothing has time to put anything away. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Collects what a page complains about; a page without complaints is part of every test. */
export function collectErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}
