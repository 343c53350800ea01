import type { Locator, Page } from '@playwright/test';
import { chooseFrom } from './choosing';
import type { Tab } from './window';

export interface TrainingPart {
  readonly panel: Locator;
  /** Train, Pause, Go on and Stop of the toolbar. */
  readonly train: Locator;
  readonly pause: Locator;
  readonly goOn: Locator;
  readonly stop: Locator;
  /** What the run is at: `38 s left`, `Finished in 5 s`. */
  readonly status: Locator;
  readonly progress: Locator;
  readonly lossChart: Locator;
  readonly epochRows: Locator;
  /** Names of the runs whose curves are drawn together. */
  readonly comparedRuns: Locator;
  /** Cells of the confusion matrix by what they say: `3 taken for 8`. */
  cell(name: RegExp): Locator;
  /** Images of the chosen cell. */
  readonly cellImages: Locator;
  /** The dialog that tries learning rates, and what opens it. */
  readonly findRate: Locator;
  readonly rates: Locator;
  /** What went wrong, in the panel. */
  readonly failure: Locator;
  show(): Promise<void>;
  setNumber(field: 'Epochs' | 'Batch size' | 'Learning rate' | 'Seed', value: number): Promise<void>;
  chooseData(title: string): Promise<void>;
  choose(field: 'Loss' | 'Optimizer' | 'Schedule', option: string): Promise<void>;
  chosen(field: 'Loss' | 'Optimizer' | 'Schedule'): Locator;
  showView(view: 'Loss' | 'Accuracy' | 'Epochs' | 'Confusion'): Promise<void>;
}

export function createTrainingPart(page: Page, toolbar: Locator, showTab: (tab: Tab) => Promise<void>): TrainingPart {
  const panel = page.getByRole('region', { name: 'Training', exact: true });
  const button = (name: string) => toolbar.getByRole('button', { name, exact: true });
  return {
    panel,
    train: button('Train'),
    pause: button('Pause'),
    goOn: button('Go on'),
    stop: button('Stop'),
    status: panel.getByRole('region', { name: 'Run' }).getByRole('status'),
    progress: panel.getByRole('progressbar', { name: 'Training progress' }),
    lossChart: panel.getByRole('img', { name: /^Loss over epochs/ }),
    comparedRuns: panel.getByRole('list', { name: 'Compared runs' }),
    epochRows: panel.getByRole('table', { name: 'Epochs' }).locator('tbody').getByRole('row'),
    cell: (name) => panel.getByRole('table', { name: 'Confusion matrix' }).getByRole('button', { name }),
    cellImages: panel.getByRole('list', { name: /^Images: / }).getByRole('img'),
    findRate: panel.getByRole('button', { name: 'Find a rate…' }),
    rates: page.getByRole('dialog', { name: 'Find a learning rate' }),
    failure: panel.getByRole('alert'),
    show: () => showTab('Training'),
    async setNumber(field, value) {
      const box = panel.getByRole('textbox', { name: field });
      await box.fill(String(value));
      await box.press('Enter');
    },
    chooseData: (title) => chooseFrom(panel.getByRole('combobox', { name: 'Data set' }), title),
    choose: (field, option) => chooseFrom(panel.getByRole('combobox', { name: field, exact: true }), option),
    chosen: (field) => panel.getByRole('combobox', { name: field, exact: true }),
    showView: (view) => panel.getByRole('group', { name: 'What to show' }).getByRole('button', { name: view }).click(),
  };
}
