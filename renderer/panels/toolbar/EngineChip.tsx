import { ChevronDown, Cpu } from 'lucide-react';
import type { EngineName, EngineStatus } from '../../../shared/rpc/contract';
import { commandItem } from '../../commands/commands';
import { useConnection } from '../../host/client';
import { useSettings } from '../../state/settings';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';
import type { MenuItem } from '../../ui/menuItem';

const none: readonly EngineStatus[] = [];

/** Which engine trains, and the choice of another. */
export function EngineChip() {
  const engines = useConnection((state) => state.info?.engines ?? none);
  const chosen = useSettings((state) => state.engine);
  const used = usedEngine(engines, chosen);
  const text = used ? nameOf(used) : engines.length > 0 ? 'No engine' : 'Engine';
  return (
    <Menu
      align="end"
      items={() => engineItems(engines, chosen)}
      trigger={
        <Button
          icon={<Cpu size="0.875rem" aria-hidden className="text-secondary" />}
          aria-label={engines.length > 0 ? `Engine: ${text}` : text}
        >
          <span className="@max-[56rem]/toolbar:hidden">{text}</span>
          <ChevronDown size="0.8125rem" aria-hidden className="text-secondary" />
        </Button>
      }
    />
  );
}

/** The chosen engine, else the first that is there. */
export function usedEngine(engines: readonly EngineStatus[], chosen: EngineName | null): EngineStatus | undefined {
  return engines.find((engine) => engine.name === chosen) ?? engines.find((engine) => engine.available);
}

function engineItems(engines: readonly EngineStatus[], chosen: EngineName | null): readonly MenuItem[] {
  const choose = (engine: EngineName | null) => useSettings.getState().change({ engine });
  return [
    { kind: 'item', label: 'The best there is', checked: chosen === null, onSelect: () => choose(null) },
    { kind: 'separator' },
    ...(engines.length === 0 ? [LOOKING] : []),
    ...engines.map((engine): MenuItem => ({
      kind: 'item',
      label: nameOf(engine),
      checked: chosen === engine.name,
      disabled: engine.available
        ? undefined
        : [engine.reason, engine.remedy && `To get it: ${engine.remedy}`].filter(Boolean).join(' ') || 'It is not there.',
      onSelect: () => choose(engine.name),
    })),
    { kind: 'separator' },
    commandItem('run.engine'),
  ];
}

const LOOKING: MenuItem = {
  kind: 'item',
  label: 'The engines are being looked at',
  disabled: 'They start with the program.',
  onSelect: () => undefined,
};

function nameOf({ title, version }: EngineStatus): string {
  return version && !title.includes(version) ? `${title} ${version.split('.').slice(0, 2).join('.')}` : title;
}
