import type { EngineName } from '../../../shared/rpc/contract';
import { useConnection } from '../../host/client';
import { useSettings } from '../../state/settings';
import { Select, type SelectOption } from '../../ui/Select';

type Choice = EngineName | 'best';

/** Which engine trains on this computer. */
export function EngineSetting() {
  const engines = useConnection((state) => state.info?.engines) ?? [];
  const engine = useSettings((state) => state.engine);
  const change = useSettings((state) => state.change);
  const options: readonly SelectOption<Choice>[] = [
    { value: 'best', label: 'The best there is' },
    ...engines.map(({ name, title, available, version, reason }) => ({
      value: name,
      label: version ? `${title} ${version}` : title,
      description: reason ?? (available ? undefined : 'It is not there.'),
    })),
  ];
  return (
    <div className="flex w-60">
      <Select<Choice>
        label="Engine"
        value={engine ?? 'best'}
        options={options}
        onChange={(choice) => change({ engine: choice === 'best' ? null : choice })}
      />
    </div>
  );
}
