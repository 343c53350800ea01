import type { CommandId } from '../../../shared/commands/commands';
import { commandSpec } from '../../commands/commands';
import { useSession } from '../../state/session';
import { shortcutText } from '../../ui/shortcutText';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** What to try, in the editor itself. */
  readonly tryIt: string;
  /** The part of the window that is meant, as a selector; the first that is there. */
  readonly anchors: readonly string[];
  /** On which side of it the card stands. */
  readonly side: 'right' | 'left' | 'top' | 'bottom';
  /** Brings the part into sight. */
  show(): void;
}

/** `Press Tab`, or the way without keys where the person took them away. */
function pressed(id: CommandId): string {
  const shortcut = commandSpec(id).shortcuts?.[0];
  return shortcut ? `Press ${shortcutText(shortcut)}` : `Choose “${commandSpec(id).title}”`;
}

const open = (panel: 'palette' | 'inspector' | 'bottom') => () => useSession.getState().setPanel(panel, true);

/** Five things that one must have seen; each points at the real editor, which can be used meanwhile. */
export const tourSteps = (): readonly TourStep[] => [
  {
    title: 'Layers',
    text: 'Every layer that can be used. Drag one to the canvas, or press it: it is wired to what is selected.',
    tryIt: 'Type “conv” into the search.',
    anchors: ['section[aria-label="Layers"]'],
    side: 'right',
    show: open('palette'),
  },
  {
    title: 'The canvas',
    text: 'Your network. Drag from a port to wire; drop a wire on nothing to be asked what comes next. A block with a stacked edge opens by a double click.',
    tryIt: `${pressed('graph.addLayer')} over the canvas and type a layer’s name.`,
    anchors: ['[data-region="canvas"]'],
    side: 'right',
    show: () => useSession.getState().canvasApi?.fit(),
  },
  {
    title: 'Shapes on the wires',
    text: 'Each wire says what it carries, as in 8×8×16: height, width, channels. You never type a size that follows from the input.',
    tryIt: 'Select a convolution, change its strides, and see the shapes behind it change. Undo takes it back.',
    anchors: ['[data-region="canvas"] .wire-label', '[data-region="canvas"]'],
    side: 'bottom',
    show: () => useSession.getState().canvasApi?.fit(),
  },
  {
    title: 'Problems',
    text: 'What does not fit is listed here, with where the two paths parted and which layer did it.',
    tryIt: `The sample “An add that does not fit” has one. ${pressed('graph.nextProblem')} to go to the next.`,
    anchors: ['section[aria-label="Panels"]'],
    side: 'top',
    show: () => useSession.getState().showTab('problems'),
  },
  {
    title: 'Train',
    text: 'Trains the network on its data, on this computer. Curves move within a second; every epoch’s weights are kept. Then draw a digit under “Try it”.',
    tryIt: 'Press Train.',
    anchors: ['[data-tour="train"]', 'header'],
    side: 'bottom',
    show: () => undefined,
  },
];
