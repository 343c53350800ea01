/** The parameters of the two ends of each side, as paddings and croppings of one, two and three sides call them. */
export const ENDS: readonly (readonly (readonly [string, string])[])[] = [
  [['before', 'after']],
  [
    ['top', 'bottom'],
    ['left', 'right'],
  ],
  [
    ['front', 'back'],
    ['top', 'bottom'],
    ['left', 'right'],
  ],
];
