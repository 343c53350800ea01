type Mark = readonly [x: number, y: number, kind: string];

/** Little drawings of the samples' networks: boxes by kind, with the wires that matter. */
const pictures: Readonly<Record<string, { readonly marks: readonly Mark[]; readonly wires: readonly string[] }>> = {
  'digits-resnet': {
    marks: [
      [8, 30, 'inputOutput'],
      [40, 30, 'convolution'],
      [72, 30, 'blocks'],
      [104, 30, 'blocks'],
      [136, 30, 'blocks'],
      [168, 30, 'pooling'],
      [200, 30, 'core'],
    ],
    wires: ['M72 30 C72 8 104 8 104 30', 'M104 30 C104 8 136 8 136 30', 'M136 30 C136 8 168 8 168 30'],
  },
  'digits-plain': {
    marks: [
      [8, 30, 'inputOutput'],
      [40, 30, 'convolution'],
      [72, 30, 'normalization'],
      [104, 30, 'activation'],
      [136, 30, 'convolution'],
      [168, 30, 'pooling'],
      [200, 30, 'core'],
    ],
    wires: [],
  },
  'digits-mlp': {
    marks: [
      [24, 30, 'inputOutput'],
      [64, 30, 'core'],
      [104, 30, 'core'],
      [144, 30, 'activation'],
      [184, 30, 'core'],
    ],
    wires: [],
  },
  'mismatched-add': {
    marks: [
      [16, 30, 'inputOutput'],
      [56, 30, 'residual'],
      [96, 14, 'convolution'],
      [136, 14, 'convolution'],
      [180, 30, 'merge'],
    ],
    wires: ['M56 30 C80 54 156 54 180 30'],
  },
};

export function SamplePicture({ name }: { readonly name: string }) {
  const { marks, wires } = pictures[name] ?? { marks: [], wires: [] };
  return (
    <svg viewBox="0 0 220 60" aria-hidden="true" className="h-13 w-full rounded-md bg-canvas">
      <polyline points={marks.map(([x, y]) => `${x + 6},${y}`).join(' ')} fill="none" className="stroke-line-strong" strokeWidth="1.5" />
      {wires.map((path) => (
        <path key={path} d={path} transform="translate(6 0)" fill="none" className="stroke-shortcut-path" strokeWidth="1.5" />
      ))}
      {marks.map(([x, y, kind]) => (
        <rect key={`${x} ${y}`} x={x - 4} y={y - 7} width="20" height="14" rx="4" data-kind={kind} className="fill-kind-9" />
      ))}
    </svg>
  );
}
