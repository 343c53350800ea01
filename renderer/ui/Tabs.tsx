import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface TabItem<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly badge?: ReactNode;
  readonly panel: ReactNode;
}

interface TabsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly tabs: readonly TabItem<T>[];
  /** Shown at the end of the row of tabs. */
  readonly end?: ReactNode;
}

/** A row of tabs, 34 px high, in several lines where there is no room for all, above the panel of the chosen one. */
export function Tabs<T extends string>({ label, value, onChange, tabs, end }: TabsProps<T>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as T)} className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-8.5 shrink-0 items-stretch border-b border-line px-3">
        <Base.List aria-label={label} className="relative flex flex-wrap items-stretch gap-x-4">
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="flex min-h-8 items-center gap-1.5 whitespace-nowrap text-secondary hover:text-ink data-active:font-medium data-active:text-ink"
            >
              {tab.label}
              {tab.badge}
            </Base.Tab>
          ))}
          <Base.Indicator className="absolute bottom-(--active-tab-bottom) left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) rounded-full bg-accent transition-all duration-120 ease-out" />
        </Base.List>
        <div className="ml-auto flex items-center gap-1">{end}</div>
      </div>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="min-h-0 flex-1 overflow-auto outline-none">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
