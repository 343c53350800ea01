/** Examples over each number of axes. */
export const poolExamples = {
  1: [
    { inputs: { x: ['batch', 8, 3] }, outputs: { y: ['batch', 4, 3] } },
    { params: { poolSize: 3 }, inputs: { x: ['batch', 8, 3] }, outputs: { y: ['batch', 2, 3] } },
    { params: { poolSize: 3, strides: 2, padding: 'same' }, inputs: { x: ['batch', 8, 3] }, outputs: { y: ['batch', 4, 3] } },
    { params: { poolSize: 3, strides: 3, ceilMode: true }, inputs: { x: ['batch', 8, 3] }, outputs: { y: ['batch', 3, 3] } },
    { params: { poolSize: 4, strides: 3, padding: 'consistent' }, inputs: { x: ['batch', 8, 3] }, outputs: { y: ['batch', 3, 3] } },
  ],
  2: [
    { inputs: { x: ['batch', 28, 28, 8] }, outputs: { y: ['batch', 14, 14, 8] } },
    { params: { poolSize: [3, 2], padding: 'same' }, inputs: { x: ['batch', 7, 9, 2] }, outputs: { y: ['batch', 3, 5, 2] } },
    { params: { poolSize: 3, strides: 2, padding: 'same' }, inputs: { x: ['batch', 7, 9, 8] }, outputs: { y: ['batch', 4, 5, 8] } },
    { params: { poolSize: 3, strides: 2 }, inputs: { x: ['batch', 8, 7, 8] }, outputs: { y: ['batch', 3, 3, 8] } },
    { inputs: { x: ['batch', 8, 5, 6] }, outputs: { y: ['batch', 8, 2, 3] }, dataFormat: 'channelsFirst' },
    {
      params: { poolSize: [2, 3], strides: [2, 3], padding: 'same' },
      inputs: { x: ['batch', 7, 6, 2] },
      outputs: { y: ['batch', 4, 2, 2] },
    },
    { params: { poolSize: 3, strides: 2, ceilMode: true }, inputs: { x: ['batch', 8, 7, 2] }, outputs: { y: ['batch', 4, 3, 2] } },
    { params: { poolSize: 3, strides: 3, ceilMode: true }, inputs: { x: ['batch', 6, 7, 2] }, outputs: { y: ['batch', 2, 3, 2] } },
    { params: { poolSize: 4, strides: 3, ceilMode: true }, inputs: { x: ['batch', 2, 3, 2] }, outputs: { y: ['batch', 1, 1, 2] } },
    {
      params: { poolSize: [3, 2], strides: 2, padding: 'consistent', ceilMode: true },
      inputs: { x: ['batch', 8, 7, 2] },
      outputs: { y: ['batch', 5, 4, 2] },
    },
    {
      params: { poolSize: [3, 5], strides: 2, padding: 'consistent', ceilMode: true },
      inputs: { x: ['batch', 2, 8, 6] },
      outputs: { y: ['batch', 2, 5, 4] },
      dataFormat: 'channelsFirst',
    },
  ],
  3: [
    { inputs: { x: ['batch', 4, 6, 5, 2] }, outputs: { y: ['batch', 2, 3, 2, 2] } },
    { params: { poolSize: [1, 2, 3] }, inputs: { x: ['batch', 3, 5, 7, 2] }, outputs: { y: ['batch', 3, 2, 2, 2] } },
    {
      params: { poolSize: [3, 2, 3], strides: [2, 1, 2], padding: 'same' },
      inputs: { x: ['batch', 4, 3, 5, 2] },
      outputs: { y: ['batch', 2, 3, 3, 2] },
    },
    {
      params: { poolSize: 2, strides: 2, ceilMode: true },
      inputs: { x: ['batch', 2, 3, 4, 5] },
      outputs: { y: ['batch', 2, 2, 2, 3] },
      dataFormat: 'channelsFirst',
    },
  ],
} as const;
