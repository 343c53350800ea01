/** What a run tells of its data. */
interface DataState {
  /** Share of the time in which the engine waited for images. */
  readonly waitingForData?: number | null | undefined;
  /** Files that could not be read, with reasons. */
  readonly unreadable?: readonly string[] | undefined;
}

/** Up to this share, images are there in time. */
const IN_TIME = 0.05;

/** What is to be said of a run's data, in sentences: that they are the bottleneck, that files could not be read. */
export function dataNotes({ waitingForData, unreadable = [] }: DataState): readonly string[] {
  const share = waitingForData ?? 0;
  const [first] = unreadable;
  return [
    ...(share > IN_TIME
      ? [
          `Data is the bottleneck: the engine waits for images ${Math.round(share * 100)} % of the time. ` +
            'Fewer threads for the engine leave a core to decode them; smaller files are decoded faster.',
        ]
      : []),
    ...(first === undefined
      ? []
      : [
          `${unreadable.length === 1 ? 'One file' : `${unreadable.length} files or more`} could not be read and ${unreadable.length === 1 ? 'is' : 'are'} left out: ${first}.`,
        ]),
  ];
}
