import type { Settings } from '../../shared/rpc/contract';

export const SETTING_SECTIONS = ['Look', 'Networks', 'Training', 'Files', 'Keyboard and mouse', 'Privacy'] as const;
type Section = (typeof SETTING_SECTIONS)[number];

/** Settings that are one of a few words. */
type ChoiceField = 'theme' | 'textSize' | 'density' | 'numbers' | 'motion' | 'dataFormat' | 'wires' | 'streams' | 'wheel' | 'autosave';

export interface Setting {
  readonly field: string;
  readonly section: Section;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly choice?: Choice;
}

export interface Choice {
  readonly field: ChoiceField;
  readonly options: readonly ChoiceOption[];
}

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  readonly change: Partial<Settings>;
}

type Parts = Omit<Setting, 'field' | 'choice'>;

function choice<F extends ChoiceField>(field: F, labels: Readonly<Record<Settings[F], string>>, parts: Parts): Setting {
  const options = Object.entries<string>(labels).map(([value, label]) => ({ value, label, change: { [field]: value } }));
  return { ...parts, field, keywords: [...parts.keywords, ...Object.values<string>(labels)], choice: { field, options } };
}

/** Every setting as data: the settings page and the palette read this one list. */
export const settingList: readonly Setting[] = [
  choice(
    'theme',
    { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    {
      section: 'Look',
      title: 'Theme',
      description: 'High contrast is light or dark as the system is.',
      keywords: ['dark mode', 'appearance'],
    },
  ),
  choice(
    'textSize',
    { '100%': 'Usual', '125%': '125 %', '150%': '150 %', '200%': '200 %' },
    {
      section: 'Look',
      title: 'Text size',
      description: 'Of words and icons, and of the panels around them. The canvas has its own zoom.',
      keywords: ['zoom', 'font', 'larger', 'bigger', 'magnify', 'scale', 'accessibility'],
    },
  ),
  choice(
    'density',
    { comfortable: 'Comfortable', compact: 'Compact' },
    {
      section: 'Look',
      title: 'Density',
      description: 'Room around texts and controls. The size of texts stays.',
      keywords: ['spacing', 'size'],
    },
  ),
  choice(
    'numbers',
    { grouped: '73,728', short: '73.7 k' },
    {
      section: 'Look',
      title: 'Numbers',
      description: 'How counts of parameters and MACs are written.',
      keywords: ['format', 'thousands', 'SI'],
    },
  ),
  choice(
    'motion',
    { system: 'As the system', reduced: 'Reduced' },
    { section: 'Look', title: 'Motion', description: 'Reduced: nothing slides or fades.', keywords: ['animation', 'accessibility'] },
  ),
  choice(
    'wires',
    { plain: 'All alike', byChannels: 'By channels' },
    {
      section: 'Look',
      title: 'Wires',
      description: 'By channels: the more channels, the thicker; dashed by what they carry.',
      keywords: ['thickness', 'dashes'],
    },
  ),
  choice(
    'streams',
    { plain: 'Not marked', ribbons: 'Ribbons' },
    {
      section: 'Look',
      title: 'Residual streams',
      description: 'Ribbons: what is carried from block to block by skip wires lies on a coloured ribbon.',
      keywords: ['skip', 'shortcut', 'identity', 'tint'],
    },
  ),
  choice(
    'dataFormat',
    { channelsLast: 'Channels last', channelsFirst: 'Channels first' },
    {
      section: 'Networks',
      title: 'Data format of new networks',
      description: 'Images read 28×28×3 with channels last, as in Keras, and 3×28×28 with channels first, as in PyTorch.',
      keywords: ['NHWC', 'NCHW', 'default'],
    },
  ),
  choice(
    'autosave',
    { off: 'Off', afterEdits: 'After edits', onLeaving: 'On leaving' },
    {
      section: 'Files',
      title: 'Autosave',
      description:
        'Saves a network that has a file a second after an edit, or when the window loses the focus. Unsaved work is kept in any case.',
      keywords: ['automatic', 'save'],
    },
  ),
  {
    field: 'engine',
    section: 'Training',
    title: 'Engine',
    description: 'What computes when you train. The best there is: TensorFlow, else onnxruntime.',
    keywords: ['tensorflow', 'onnxruntime', 'backend'],
  },
  {
    field: 'threads',
    section: 'Training',
    title: 'Threads',
    description: 'How many compute at once, from the next training on. Fewer leave more of the processor to other programs.',
    keywords: ['cores', 'cpu', 'parallel', 'processor'],
  },
  choice(
    'wheel',
    { moves: 'Moves', zooms: 'Zooms' },
    {
      section: 'Keyboard and mouse',
      title: 'Mouse wheel',
      description:
        'On the canvas: moves it, as two fingers on a trackpad do, or zooms, as in Blender. With Ctrl or ⌘ it zooms in any case.',
      keywords: ['scroll', 'pan', 'zoom', 'trackpad'],
    },
  ),
  {
    field: 'keybindings',
    section: 'Keyboard and mouse',
    title: 'Keyboard shortcuts',
    description: 'Every command’s keys can be changed.',
    keywords: ['keys', 'keybindings', 'hotkeys'],
  },
  {
    field: 'telemetry',
    section: 'Privacy',
    title: 'Telemetry',
    description: 'There is none. Skipwire sends nothing anywhere: no usage, no crash reports, no check for updates.',
    keywords: ['analytics', 'tracking', 'usage', 'data'],
  },
  {
    field: 'file',
    section: 'Files',
    title: 'settings.json',
    description: 'All of this is kept in one readable file. It may be edited by hand.',
    keywords: ['json', 'edit by hand', 'path'],
  },
];
