/**
 * Makes docs/screens.md and its pictures: the ten main states in three themes and two sizes. After a build:
 * `npx tsx e2e/screens.ts`.
 */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeFolders, root } from './hosts/folders';
import { startWeb } from './hosts/webHost';
import { createWindow, type AppWindow } from './pages/window';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** As the system asks for them; the program follows. */
const THEMES = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;

interface Screen {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly show: (window: AppWindow) => Promise<void>;
}

const palette = async ({ page }: AppWindow, text: string) => {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type(text);
  await page.getByRole('option').first().waitFor();
};

/** Each goes on where the one before it ended. */
const SCREENS: readonly Screen[] = [
  {
    name: 'start',
    title: 'Start',
    text: 'Samples to train with one press, ways to learn, the files of last time.',
    show: ({ welcome }) => welcome.waitFor(),
  },
  {
    name: 'network',
    title: 'A network',
    text: 'Every wire shows its shape, every layer its parameters, the status bar the sums.',
    async show(window) {
      await window.files.openSample('digits-resnet');
      await window.command('Zoom to fit');
    },
  },
  {
    name: 'layer',
    title: 'A layer',
    text: 'Its parameters with defaults and units, what goes in and comes out, what it costs.',
    show: ({ canvas }) => canvas.select('conv1'),
  },
  {
    name: 'commands',
    title: 'Everything by the keyboard',
    text: 'Commands, layers, problems, settings and files in one search.',
    show: (window) => palette(window, 'add'),
  },
  {
    name: 'mismatch',
    title: 'An add that does not fit',
    text: 'Where the two paths parted, in sizes, and what would mend it.',
    async show(window) {
      await window.page.keyboard.press('Escape');
      await window.canvas.openBlock('block1');
      await window.canvas.select('conv2b');
      await window.inspector.set('Strides', '2');
      await window.problems.show();
      await window.problems.open('inputs differ');
    },
  },
  {
    name: 'history',
    title: 'History',
    text: 'Every step by its name, and the branches that one went on from the past instead of.',
    async show(window) {
      await window.undo();
      await window.canvas.select('conv2b');
      await window.inspector.set('Strides', '3');
      await window.showTab('History');
    },
  },
  {
    name: 'training',
    title: 'Training',
    text: 'Settings, progress and curves while TensorFlow trains.',
    async show(window) {
      await window.undo();
      await window.page.keyboard.press('Alt+ArrowUp');
      await window.training.show();
      await window.training.setNumber('Epochs', 8);
      await window.training.train.click();
      await window.training.status.filter({ hasText: 'Finished' }).waitFor({ timeout: 240_000 });
    },
  },
  {
    name: 'try-it',
    title: 'Try it',
    text: 'A digit of one’s own, what the network makes of it, and every layer’s activations.',
    async show(window) {
      await window.tryIt.show();
      await window.tryIt.pick(3);
      await window.tryIt.prediction.waitFor();
      await window.tryIt.activations.getByRole('img').first().waitFor();
    },
  },
  {
    name: 'data',
    title: 'Data',
    text: 'The images that it learns from, and how many of each class.',
    show: (window) => window.showTab('Data'),
  },
  {
    name: 'settings',
    title: 'Settings',
    text: 'Kept in one readable file; nothing is sent anywhere.',
    async show(window) {
      await window.command('Settings…');
      await window.dialog('Settings').waitFor();
    },
  },
];

const folder = join(root, 'docs', 'images', 'screens');

async function main(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const folders = await makeFolders();
  const app = await startWeb(folders, { viewport: SIZES[0], ...THEMES.light });
  try {
    const window = createWindow(app);
    for (const screen of SCREENS) {
      await screen.show(window);
      for (const [theme, media] of Object.entries(THEMES))
        for (const size of SIZES) await picture(app.page, `${screen.name}-${theme}-${size.width}`, media, size);
      await app.page.setViewportSize(SIZES[0]);
    }
  } finally {
    await app.close();
    await app.browser.close();
    await folders.remove();
  }
  await writeFile(join(root, 'docs', 'screens.md'), pageText());
}

async function picture(page: Page, name: string, media: (typeof THEMES)[keyof typeof THEMES], size: (typeof SIZES)[number]): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia(media);
  await page.mouse.move(size.width / 2, 2);
  // Toasts are of the moment; the canvas and the curves are drawn anew in the next frames.
  for (const close of await page.getByRole('button', { name: 'Dismiss' }).all()) await close.click();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 250)))));
  const { default: sharp } = await import('sharp');
  const file = join(folder, `${name}.png`);
  await sharp(await page.screenshot({ animations: 'disabled' }))
    .png({ palette: true, colours: 64, compressionLevel: 9, effort: 10 })
    .toFile(file);
  console.log(`${name} ${Math.round((await stat(file)).size / 1024)} KB`);
}

function pageText(): string {
  const image = (name: string, theme: string, width: number) => `images/screens/${name}-${theme}-${width}.png`;
  const sections = SCREENS.map(({ name, title, text }) => {
    const larger = Object.keys(THEMES).map((theme) => `[${theme}](${image(name, theme, 1920)})`);
    return [
      `## ${title}`,
      text,
      `![${title}, light](${image(name, 'light', 1280)})`,
      `| dark | high contrast |\n| --- | --- |\n| ![dark](${image(name, 'dark', 1280)}) | ![high contrast](${image(name, 'contrast', 1280)}) |`,
      `At 1920 × 1080: ${larger.join(', ')}.`,
    ].join('\n\n');
  });
  return ['# Screens', 'The ten main states, made by `npx tsx e2e/screens.ts` from the program as it is.', ...sections].join('\n\n') + '\n';
}

void main();
