/**
 * Every command of the window as data: menus, native menu, palette, toolbar, shortcuts and tooltips read this one
 * list; what a command does is in renderer/commands, which must have an entry for each id.
 */
export interface CommandSpec {
  readonly title: string;
  /** Other words under which the palette finds it. */
  readonly keywords?: readonly string[];
  /** `Mod` is Ctrl, on macOS ⌘. The first one is shown. */
  readonly shortcuts?: readonly string[];
  readonly scope?: ShortcutScope;
  readonly menu?: Menu;
  /** A line above it in its menu. */
  readonly startsGroup?: true;
}

/**
 * Where a shortcut holds: `everywhere` also while a text field has the focus, `window` outside of text fields, `canvas`
 * where the canvas or nothing has it (so that Tab and Enter keep their meaning in panels), `layer` while a layer, a port or a
 * wire has it and the mouse rests: there it goes before `canvas`. Left out, shortcuts with `Mod` and function keys hold
 * everywhere, others in the window.
 */
export type ShortcutScope = 'everywhere' | 'window' | 'canvas' | 'layer';

export const MENUS = ['File', 'Edit', 'View', 'Go', 'Graph', 'Run', 'Help'] as const;
export type Menu = (typeof MENUS)[number];

export const commands = {
  'file.new': { title: 'New network', menu: 'File', shortcuts: ['Mod+Alt+N'] },
  'file.newWindow': { title: 'New window', menu: 'File', shortcuts: ['Mod+Shift+N', 'Mod+Alt+Shift+N'], keywords: ['tab'] },
  'file.gallery': {
    title: 'New from a known network…',
    menu: 'File',
    keywords: ['template', 'gallery', 'resnet', 'vgg', 'densenet', 'unet', 'alexnet', 'lenet', 'cifar'],
  },
  'file.open': { title: 'Open…', menu: 'File', shortcuts: ['Mod+O'] },
  'file.openSample': { title: 'Open a sample…', menu: 'File', keywords: ['example', 'template', 'digits'] },
  'file.save': { title: 'Save', menu: 'File', shortcuts: ['Mod+S'], startsGroup: true },
  'file.saveAs': { title: 'Save as…', menu: 'File', shortcuts: ['Mod+Shift+S'] },
  'file.versions': { title: 'Earlier versions…', menu: 'File', keywords: ['restore', 'saves', 'backup', 'history'] },
  'file.compareSaved': { title: 'Compare with the saved file', menu: 'File', keywords: ['diff', 'changes', 'difference'] },
  'file.compare': { title: 'Compare with another file…', menu: 'File', keywords: ['diff', 'changes', 'difference'] },
  'file.exportSavedModel': { title: 'Export as SavedModel…', menu: 'File', keywords: ['tensorflow', 'take away'], startsGroup: true },
  'file.exportTfjs': { title: 'Export as TensorFlow.js…', menu: 'File', keywords: ['javascript', 'layers model'] },
  'file.exportPicture': {
    title: 'Export a picture…',
    menu: 'File',
    keywords: ['svg', 'png', 'pdf', 'figure', 'image', 'paper', 'print'],
  },
  'file.settings': { title: 'Settings…', menu: 'File', shortcuts: ['Mod+,'], keywords: ['preferences', 'options'], startsGroup: true },
  'edit.undo': { title: 'Undo', menu: 'Edit', shortcuts: ['Mod+Z'], scope: 'window' },
  'edit.redo': { title: 'Redo', menu: 'Edit', shortcuts: ['Mod+Shift+Z', 'Mod+Y'], scope: 'window' },
  'edit.cut': { title: 'Cut', menu: 'Edit', shortcuts: ['Mod+X'], startsGroup: true, scope: 'window' },
  'edit.copy': { title: 'Copy', menu: 'Edit', shortcuts: ['Mod+C'], scope: 'window', keywords: ['json', 'clipboard'] },
  'edit.copyPicture': { title: 'Copy as a picture', menu: 'Edit', keywords: ['png', 'image', 'figure', 'clipboard'] },
  'edit.paste': {
    title: 'Paste',
    menu: 'Edit',
    shortcuts: ['Mod+V'],
    scope: 'window',
    keywords: ['keras', 'pytorch', 'code', 'import', 'json', 'clipboard'],
  },
  'edit.duplicate': { title: 'Duplicate', menu: 'Edit', shortcuts: ['Mod+D'], scope: 'window' },
  'edit.delete': { title: 'Delete', menu: 'Edit', shortcuts: ['Delete', 'Backspace'], scope: 'canvas' },
  'edit.deleteOpen': { title: 'Delete and leave the gap', menu: 'Edit', shortcuts: ['Shift+Delete', 'Shift+Backspace'], scope: 'canvas' },
  'edit.rename': { title: 'Rename', menu: 'Edit', shortcuts: ['F2'], scope: 'canvas' },
  'edit.selectAll': { title: 'Select all', menu: 'Edit', shortcuts: ['Mod+A'], startsGroup: true, scope: 'window' },
  'edit.deselect': { title: 'Deselect', menu: 'Edit', shortcuts: ['Escape'], scope: 'canvas' },
  'edit.find': {
    title: 'Find…',
    menu: 'Edit',
    shortcuts: ['Mod+F'],
    keywords: ['search', 'filter', 'shape', 'parameter'],
    startsGroup: true,
  },
  'edit.findNext': { title: 'Find next', menu: 'Edit', shortcuts: ['F3'] },
  'edit.findPrevious': { title: 'Find previous', menu: 'Edit', shortcuts: ['Shift+F3'] },
  'go.next': { title: 'Next layer', menu: 'Go', shortcuts: ['Tab'], keywords: ['read', 'order'], scope: 'layer' },
  'go.previous': { title: 'Previous layer', menu: 'Go', shortcuts: ['Shift+Tab'], keywords: ['read', 'order'], scope: 'layer' },
  'go.forward': { title: 'Follow the wire forward', menu: 'Go', shortcuts: ['ArrowRight'], scope: 'canvas', startsGroup: true },
  'go.back': { title: 'Follow the wire back', menu: 'Go', shortcuts: ['ArrowLeft'], scope: 'canvas' },
  'go.up': { title: 'Layer above', menu: 'Go', shortcuts: ['ArrowUp'], scope: 'canvas' },
  'go.down': { title: 'Layer below', menu: 'Go', shortcuts: ['ArrowDown'], scope: 'canvas' },
  'go.first': { title: 'First layer', menu: 'Go', shortcuts: ['Home'], scope: 'canvas' },
  'go.last': { title: 'Last layer', menu: 'Go', shortcuts: ['End'], scope: 'canvas' },
  'go.part': { title: 'Next port or wire of the layer', menu: 'Go', shortcuts: ['P'], scope: 'canvas', startsGroup: true },
  'go.partBack': { title: 'Previous port or wire', menu: 'Go', shortcuts: ['Shift+P'], scope: 'canvas' },
  'go.extend': { title: 'Select the next layer, too', menu: 'Go', shortcuts: ['Shift+ArrowRight'], scope: 'canvas', startsGroup: true },
  'go.extendBack': { title: 'Select the layer before, too', menu: 'Go', shortcuts: ['Shift+ArrowLeft'], scope: 'canvas' },
  'go.describe': {
    title: 'Say what is here',
    menu: 'Go',
    shortcuts: ['I'],
    keywords: ['describe', 'read', 'screen reader', 'shape', 'problem'],
    scope: 'canvas',
    startsGroup: true,
  },
  'go.nextArea': { title: 'Next part of the window', menu: 'Go', shortcuts: ['F6'], keywords: ['panel', 'focus'] },
  'go.previousArea': { title: 'Previous part of the window', menu: 'Go', shortcuts: ['Shift+F6'], keywords: ['panel', 'focus'] },
  'graph.addLayer': { title: 'Add a layer…', menu: 'Graph', shortcuts: ['A', 'Tab'], keywords: ['insert', 'search'], scope: 'canvas' },
  'graph.connect': { title: 'Connect to…', menu: 'Graph', shortcuts: ['C', 'Mod+L'], keywords: ['wire', 'link'], scope: 'canvas' },
  'graph.wireNext': { title: 'Wire to the next layer that is clicked', menu: 'Graph', shortcuts: ['W'], scope: 'canvas' },
  'graph.chain': { title: 'Wire the selected layers in a row', menu: 'Graph', shortcuts: ['Shift+C'], keywords: ['connect', 'chain'] },
  'graph.replace': { title: 'Replace by another kind…', menu: 'Graph', shortcuts: ['R'], keywords: ['change', 'type'], scope: 'canvas' },
  'graph.swap': { title: 'Swap two layers', menu: 'Graph', shortcuts: ['Shift+S'], scope: 'canvas' },
  'graph.takeOut': { title: 'Take out of its wires', menu: 'Graph', keywords: ['detach', 'unwire'] },
  'graph.arrange': { title: 'Arrange the network', menu: 'Graph', shortcuts: ['Shift+L'], keywords: ['layout', 'tidy'] },
  'graph.tidySelection': { title: 'Tidy the selection', menu: 'Graph', keywords: ['arrange', 'layout'] },
  'graph.alignLeft': { title: 'Align left', menu: 'Graph', shortcuts: ['Alt+Shift+A'], startsGroup: true },
  'graph.alignCenter': { title: 'Align centres', menu: 'Graph', shortcuts: ['Alt+Shift+H'] },
  'graph.alignRight': { title: 'Align right', menu: 'Graph', shortcuts: ['Alt+Shift+D'] },
  'graph.alignTop': { title: 'Align tops', menu: 'Graph', shortcuts: ['Alt+Shift+W'] },
  'graph.alignMiddle': { title: 'Align middles', menu: 'Graph', shortcuts: ['Alt+Shift+V'] },
  'graph.alignBottom': { title: 'Align bottoms', menu: 'Graph', shortcuts: ['Alt+Shift+S'] },
  'graph.distributeAcross': { title: 'Distribute across', menu: 'Graph' },
  'graph.distributeDown': { title: 'Distribute down', menu: 'Graph' },
  'graph.resetRoute': { title: 'Let the wire find its own way', menu: 'Graph', keywords: ['reroute', 'edge'] },
  'graph.frame': {
    title: 'Frame the selection',
    menu: 'Graph',
    shortcuts: ['F'],
    keywords: ['group', 'box'],
    startsGroup: true,
    scope: 'canvas',
  },
  'graph.note': { title: 'Add a note', menu: 'Graph', shortcuts: ['N'], keywords: ['comment', 'markdown', 'text'], scope: 'canvas' },
  'graph.moveEarlier': {
    title: 'Move earlier along its wire',
    menu: 'Graph',
    shortcuts: ['Alt+Shift+ArrowUp'],
    keywords: ['swap', 'order'],
    startsGroup: true,
  },
  'graph.moveLater': { title: 'Move later along its wire', menu: 'Graph', shortcuts: ['Alt+Shift+ArrowDown'], keywords: ['swap', 'order'] },
  'graph.nudgeLeft': { title: 'Move to the left', menu: 'Graph', shortcuts: ['Mod+ArrowLeft'], scope: 'canvas' },
  'graph.nudgeRight': { title: 'Move to the right', menu: 'Graph', shortcuts: ['Mod+ArrowRight'], scope: 'canvas' },
  'graph.nudgeUp': { title: 'Move up', menu: 'Graph', shortcuts: ['Mod+ArrowUp'], scope: 'canvas' },
  'graph.nudgeDown': { title: 'Move down', menu: 'Graph', shortcuts: ['Mod+ArrowDown'], scope: 'canvas' },
  'graph.group': {
    title: 'Group into a block',
    menu: 'Graph',
    shortcuts: ['Mod+G'],
    keywords: ['block', 'module', 'subnetwork', 'definition'],
    startsGroup: true,
    scope: 'window',
  },
  'graph.unpack': { title: 'Unpack the block', menu: 'Graph', shortcuts: ['Mod+Shift+G'], keywords: ['ungroup'], scope: 'window' },
  'graph.makeUnique': { title: 'Give this block a definition of its own', menu: 'Graph', keywords: ['unique', 'detach', 'copy'] },
  'graph.openBlock': {
    title: 'Open the block, or the layer’s values',
    menu: 'Graph',
    shortcuts: ['Enter'],
    scope: 'canvas',
  },
  'graph.editValues': { title: 'Edit the values', menu: 'Graph', shortcuts: ['E'], keywords: ['inspector', 'parameters'], scope: 'canvas' },
  'graph.leaveBlock': { title: 'Leave the block', menu: 'Graph', shortcuts: ['Alt+ArrowUp'], scope: 'canvas' },
  'graph.removeUnused': { title: 'Remove unused blocks', menu: 'Graph', keywords: ['clean', 'purge', 'definitions'] },
  'graph.nextProblem': { title: 'Next problem', menu: 'Graph', shortcuts: ['F8'], startsGroup: true },
  'graph.repair': {
    title: 'Repairs of this problem',
    menu: 'Graph',
    shortcuts: ['Mod+.'],
    keywords: ['fix', 'mend', 'quick fix', 'solve'],
  },
  'graph.repairAll': { title: 'Repair everything', menu: 'Graph', keywords: ['fix', 'mend', 'all problems'] },
  'graph.previousProblem': { title: 'Previous problem', menu: 'Graph', shortcuts: ['Shift+F8'] },
  'view.zoomToFit': { title: 'Zoom to fit', menu: 'View', shortcuts: ['Shift+1'] },
  'view.zoomToSelection': { title: 'Zoom to selection', menu: 'View', shortcuts: ['Shift+2'] },
  'view.zoomIn': { title: 'Zoom in', menu: 'View', shortcuts: ['Mod+=', 'Mod++'] },
  'view.zoomOut': { title: 'Zoom out', menu: 'View', shortcuts: ['Mod+-'] },
  'view.zoomActual': { title: 'Zoom to 100 %', menu: 'View', shortcuts: ['Mod+0'] },
  'view.wireWeight': { title: 'Wires as thick as their channels', menu: 'View', keywords: ['edges', 'width', 'dashes'] },
  'view.heat': {
    title: 'Heat map of cost',
    menu: 'View',
    shortcuts: ['H'],
    keywords: ['colour', 'badges', 'parameters', 'macs', 'memory', 'receptive field', 'time'],
    scope: 'canvas',
  },
  'view.heatNext': { title: 'Next heat map', menu: 'View', shortcuts: ['Shift+H'], scope: 'canvas' },
  'view.back': { title: 'Back', menu: 'View', shortcuts: ['Alt+ArrowLeft'], keywords: ['place', 'history', 'return'], startsGroup: true },
  'view.forward': { title: 'Forward', menu: 'View', shortcuts: ['Alt+ArrowRight'], keywords: ['place', 'history'] },
  'view.bookmark': { title: 'Bookmark this place', menu: 'View', shortcuts: ['Mod+Alt+K'], keywords: ['mark', 'remember'] },
  'view.bookmarks': { title: 'Bookmarks…', menu: 'View', keywords: ['places', 'marks'] },
  'view.togglePalette': { title: 'Layers panel', menu: 'View', shortcuts: ['Mod+B'], startsGroup: true },
  'view.toggleInspector': { title: 'Inspector', menu: 'View', shortcuts: ['Mod+Alt+B'] },
  'view.toggleBottom': { title: 'Bottom panel', menu: 'View', shortcuts: ['Mod+J'] },
  'view.outline': {
    title: 'Show the outline',
    menu: 'View',
    startsGroup: true,
    shortcuts: ['Mod+Shift+O'],
    keywords: ['tree', 'structure', 'layers', 'read'],
  },
  'view.layers': { title: 'Show the layers to add', menu: 'View', keywords: ['palette', 'library'] },
  'view.problems': { title: 'Show problems', menu: 'View', shortcuts: ['Mod+Shift+M'] },
  'view.cost': {
    title: 'Show cost',
    menu: 'View',
    keywords: ['table', 'parameters', 'macs', 'flops', 'memory', 'receptive field', 'csv', 'markdown'],
  },
  'view.training': { title: 'Show training', menu: 'View' },
  'view.tryIt': { title: 'Try it on an image', menu: 'View', keywords: ['draw', 'digit', 'predict', 'activations'] },
  'view.data': { title: 'Show data', menu: 'View' },
  'view.runs': { title: 'Show runs', menu: 'View' },
  'view.history': { title: 'Show history', menu: 'View', shortcuts: ['Mod+Alt+H'], keywords: ['undo', 'steps', 'back', 'branch'] },
  'view.themeLight': { title: 'Light theme', menu: 'View', startsGroup: true },
  'view.themeDark': { title: 'Dark theme', menu: 'View' },
  'view.themeContrast': { title: 'High-contrast theme', menu: 'View', keywords: ['accessibility'] },
  'view.themeSystem': { title: 'Theme of the system', menu: 'View' },
  'run.engine': {
    title: 'Engine and program…',
    menu: 'Run',
    keywords: ['tensorflow', 'onnxruntime', 'threads', 'memory', 'compiled', 'primitives', 'operations'],
  },
  'run.profile': {
    title: 'Measure time and memory…',
    menu: 'Run',
    keywords: ['profile', 'profiler', 'slow', 'layers', 'bottleneck', 'heat map'],
  },
  'run.train': { title: 'Train', menu: 'Run', shortcuts: ['Mod+Enter'] },
  'run.pause': { title: 'Pause training', menu: 'Run' },
  'run.resume': { title: 'Go on training', menu: 'Run' },
  'run.stop': { title: 'Stop training', menu: 'Run', shortcuts: ['Shift+F5'] },
  'help.palette': { title: 'Command palette…', menu: 'Help', shortcuts: ['Mod+K', 'Mod+Shift+P', 'F1'] },
  'help.shortcuts': { title: 'Keyboard shortcuts', menu: 'Help', shortcuts: ['?'] },
  'help.tour': { title: 'Take the tour', menu: 'Help', keywords: ['introduction', 'learn', 'guide'] },
  'help.log': { title: 'Show log', menu: 'Help', keywords: ['errors', 'engine', 'stderr', 'debug'], startsGroup: true },
  'help.about': { title: 'About Skipwire', menu: 'Help', keywords: ['version', 'bug report'] },
} as const satisfies Record<string, CommandSpec>;

export type CommandId = keyof typeof commands;
