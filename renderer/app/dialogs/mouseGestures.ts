/** What a mouse or a finger does on the canvas; each has a command too. */
export interface MouseGesture {
  readonly name: string;
  readonly how: string;
  readonly keywords: readonly string[];
}

export const mouseGestures: readonly MouseGesture[] = [
  { name: 'Wire two layers', how: 'Drag from a port to a layer', keywords: ['connect'] },
  { name: 'Put a wire elsewhere', how: 'Drag one of its ends', keywords: ['reconnect', 'move', 'unplug'] },
  { name: 'Leave a wire that is drawn', how: 'Escape', keywords: ['cancel'] },
  { name: 'Add what comes next', how: 'Drop a wire on the empty canvas', keywords: ['search'] },
  { name: 'Add a layer here', how: 'Double-click the canvas', keywords: ['insert'] },
  { name: 'Insert into a wire', how: 'Drop a layer on the wire', keywords: [] },
  { name: 'Copy with its wires', how: 'Shift and drag a layer', keywords: ['duplicate'] },
  { name: 'Take layers out of their wires', how: 'Alt and drag them', keywords: ['heal', 'remove'] },
  { name: 'Select what a box touches', how: 'Drag over the canvas', keywords: ['marquee'] },
  { name: 'Select with a lasso', how: 'Alt and drag over the canvas', keywords: [] },
  { name: 'Select all between two layers', how: 'Shift and click the second one', keywords: ['path'] },
  { name: 'What can be done here', how: 'The right button, a finger that rests, or Shift+F10', keywords: ['context menu', 'actions'] },
  {
    name: 'Move the view',
    how: 'Scroll, hold Space and drag, drag with the middle or right button or one finger',
    keywords: ['pan', 'touch', 'hand'],
  },
  { name: 'Zoom', how: 'Ctrl and scroll, or pinch', keywords: ['wheel', 'setting'] },
  { name: 'Open a block', how: 'Double-click it', keywords: ['inside'] },
  { name: 'Back and forward', how: 'The fourth and fifth button', keywords: ['places'] },
];
