import { useSettings } from '../../state/settings';
import { Select, type SelectOption } from '../../ui/Select';

const ALL = 'all';

/** How many threads of the processor compute. */
export function ThreadsSetting() {
  const threads = useSettings((state) => state.threads);
  const change = useSettings((state) => state.change);
  const cores = Math.max(navigator.hardwareConcurrency, threads ?? 1);
  const options: readonly SelectOption<string>[] = [
    { value: ALL, label: 'One for each core' },
    ...Array.from({ length: cores }, (_, index) => ({
      value: String(index + 1),
      label: index === 0 ? '1 thread' : `${index + 1} threads`,
    })),
  ];
  return (
    <Select
      label="Threads"
      value={threads === null ? ALL : String(threads)}
      options={options}
      onChange={(choice) => change({ threads: choice === ALL ? null : Number(choice) })}
    />
  );
}
