/** What a run tells of its data. */
interface DataState {
  /** Share of the time in which the engine waited for images. */
  readonly waitingForData?: number | null | undefined;
  /** Files that could not be read, with reasons. */
  readonly unreadable?: readonly string[] | undefined;
}

/** As many files that could not be read are named along with a training or an evaluation. */
export const MOST_UNREADABLE = 20;
/** As many of them are said in a sentence. */
const MOST_SAID = 3;
/** Up to this share, images are there in time. */
const IN_TIME = 0.05;

/** What is to be said of a run's data, in sentences: that they are the bottleneck, that files could not be read. */
export function dataNotes({ waitingForData, unreadable = [] }: DataState): readonly string[] {
  const share = waitingForData ?? 0;
  return [
    ...(share > IN_TIME
      ? [
          `Data is the bottleneck: the engine waits for images ${Math.round(share * 100)} % of the time. ` +
            'All cores decode while it waits; files that were made smaller once, to what the network takes, are decoded faster.',
        ]
      : []),
    ...(unreadable.length === 0 ? [] : [leftOut(unreadable)]),
  ];
}

function leftOut(names: readonly string[]): string {
  const count = names.length === 1 ? 'One file' : `${names.length} files${names.length < MOST_UNREADABLE ? '' : ' or more'}`;
  const said = names.slice(0, MOST_SAID).join('; ') + (names.length > MOST_SAID ? '; …' : '');
  return `${count} could not be read and ${names.length === 1 ? 'is' : 'are'} left out: ${said}.`;
}
