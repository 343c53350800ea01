import type { EngineName } from '../../../shared/rpc/contract';
import { useConnection } from '../../host/client';
import { useSettings } from '../../state/settings';
import { Select, type SelectOption } from '../../ui/Select';

type Choice = EngineName | 'best';

/** Which engine trains: the person's choice for this computer, no part of the document. */
export function EngineSelect({ id }: { readonly id?: string }) {
  const engines = useConnection((state) => state.info?.engines) ?? [];
  const engine = useSettings((state) => state.engine);
  const change = useSettings((state) => state.change);
  const options: readonly SelectOption<Choice>[] = [
    { value: 'best', label: 'The best there is' },
    ...engines.map(({ name, title, available, version, reason }) => ({
      value: name,
      label: available && version ? `${title} ${version}` : title,
      description: reason ?? (available ? undefined : 'It is not there.'),
    })),
  ];
  return (
    <Select<Choice>
      {...(id === undefined ? {} : { id })}
      label="Engine"
      value={engine ?? 'best'}
      options={options}
      onChange={(choice) => change({ engine: choice === 'best' ? null : choice })}
    />
  );
}
