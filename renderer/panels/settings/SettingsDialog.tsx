import { useEffect, useRef } from 'react';
import { SETTING_SECTIONS, settingList, type Setting } from '../../commands/settingList';
import { useSession } from '../../state/session';
import { useSettings } from '../../state/settings';
import { Dialog } from '../../ui/Dialog';
import { RadioSegments } from '../../ui/RadioSegments';
import { EngineSelect } from '../engine/EngineSelect';
import { SettingsFile } from './SettingsFile';
import { ShortcutsSetting } from './ShortcutsSetting';
import { ThreadsSetting } from './ThreadsSetting';

/** Every setting; what is changed holds at once. */
export function SettingsDialog({ field }: { readonly field: string | undefined }) {
  const close = useSession((state) => state.closeDialog);
  return (
    <Dialog title="Settings" description="Changes hold at once. Other windows follow when you come to them." size="large" onClose={close}>
      <div className="h-[66vh]">
        {SETTING_SECTIONS.map((section) => (
          <section key={section} aria-label={section} className="mb-5">
            <h3 className="border-b border-line pb-1 text-xs font-medium text-secondary">{section}</h3>
            {settingList
              .filter((setting) => setting.section === section)
              .map((setting) => (
                <SettingRow key={setting.field} setting={setting} isAsked={setting.field === field} />
              ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function SettingRow({ setting, isAsked }: { readonly setting: Setting; readonly isAsked: boolean }) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isAsked) return;
    row.current?.scrollIntoView({ block: 'center' });
    // The dialog has put the focus on its first control by then.
    const frame = requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('input:checked,button')?.focus());
    return () => cancelAnimationFrame(frame);
  }, [isAsked]);
  return (
    <div
      ref={row}
      className={`-mx-2 flex flex-wrap items-center gap-x-6 gap-y-2 rounded-lg px-2 py-2.5 ${isAsked ? 'bg-accent-soft' : ''}`}
    >
      <div className="min-w-60 flex-1">
        <p className="font-medium">{setting.title}</p>
        <p className="text-sm text-secondary">{setting.description}</p>
      </div>
      <SettingControl setting={setting} />
    </div>
  );
}

function SettingControl({ setting }: { readonly setting: Setting }) {
  switch (setting.field) {
    case 'engine':
      return (
        <div className="flex w-60">
          <EngineSelect />
        </div>
      );
    case 'threads':
      return (
        <div className="flex w-60">
          <ThreadsSetting />
        </div>
      );
    case 'keybindings':
      return <ShortcutsSetting />;
    case 'file':
      return <SettingsFile />;
    default:
      return setting.choice ? <ChoiceControl title={setting.title} choice={setting.choice} /> : null;
  }
}

function ChoiceControl({ title, choice }: { readonly title: string; readonly choice: NonNullable<Setting['choice']> }) {
  const value = useSettings((state) => state[choice.field]);
  const change = useSettings((state) => state.change);
  return (
    <RadioSegments
      label={title}
      value={value}
      options={choice.options}
      onChange={(next) => {
        const option = choice.options.find((each) => each.value === next);
        if (option) change(option.change);
      }}
    />
  );
}
