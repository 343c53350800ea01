import type { Locator, Page } from '@playwright/test';
import type { RunningApp } from '../hosts/runningApp';
import { createCanvasPart, type CanvasPart } from './canvas';
import { createClipboardPart, type ClipboardPart } from './clipboard';
import { createExportPart, type ExportPart } from './exporting';
import { createFilesPart, type FilesPart } from './files';
import { createInspectorPart, type InspectorPart } from './inspector';
import { createPalettePart, type PalettePart } from './palette';
import { createProblemsPart, type ProblemsPart } from './problems';
import { createRunsPart, type RunsPart } from './runs';
import { createTrainingPart, type TrainingPart } from './training';
import { createTryItPart, type TryItPart } from './tryIt';

export type Tab = 'Problems' | 'Cost' | 'Input sizes' | 'Training' | 'Try it' | 'Data' | 'Runs' | 'History';

/** The window by its parts. Everything is found by role and name, as a person with a screen reader finds it. */
export interface AppWindow {
  readonly page: Page;
  readonly toolbar: Locator;
  readonly welcome: Locator;
  readonly title: Locator;
  /** The dot beside the title. */
  readonly unsaved: Locator;
  readonly undoButton: Locator;
  readonly canvas: CanvasPart;
  readonly clipboard: ClipboardPart;
  readonly inspector: InspectorPart;
  readonly palette: PalettePart;
  readonly problems: ProblemsPart;
  readonly training: TrainingPart;
  readonly tryIt: TryItPart;
  readonly runs: RunsPart;
  readonly exporting: ExportPart;
  readonly files: FilesPart;
  dialog(name: string | RegExp): Locator;
  showTab(tab: Tab): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Runs a command by its title, through the command palette. */
  command(title: string): Promise<void>;
}

export function createWindow(app: RunningApp): AppWindow {
  const { page } = app;
  const toolbar = page.getByRole('banner');
  const showTab = async (tab: Tab) => page.getByRole('tab', { name: tab }).click();
  const command = async (title: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    const search = page.getByRole('combobox', { name: /command/i });
    await search.fill(title);
    await page.getByRole('option', { name: title }).first().click();
  };
  return {
    page,
    toolbar,
    welcome: page.getByRole('region', { name: 'Welcome' }),
    title: toolbar.getByRole('heading', { level: 1 }),
    unsaved: toolbar.getByRole('img', { name: 'Unsaved changes' }),
    undoButton: toolbar.getByRole('button', { name: 'Undo' }),
    canvas: createCanvasPart(page),
    clipboard: createClipboardPart(page),
    inspector: createInspectorPart(page),
    palette: createPalettePart(app),
    problems: createProblemsPart(page, showTab),
    training: createTrainingPart(page, toolbar, showTab),
    tryIt: createTryItPart(page, showTab),
    runs: createRunsPart(page, showTab),
    exporting: createExportPart(app),
    files: createFilesPart(app, command),
    dialog: (name) => page.getByRole('dialog', { name }),
    showTab,
    undo: () => toolbar.getByRole('button', { name: 'Undo' }).click(),
    redo: () => toolbar.getByRole('button', { name: 'Redo' }).click(),
    command,
  };
}
