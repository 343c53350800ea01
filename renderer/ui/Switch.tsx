import { Switch as Base } from '@base-ui/react/switch';

interface SwitchProps {
  readonly label: string;
  readonly id?: string | undefined;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, id, checked, onChange }: SwitchProps) {
  return (
    <Base.Root
      id={id}
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      className="flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-pressed p-0.5 transition-colors duration-100 data-checked:border-accent data-checked:bg-accent"
    >
      <Base.Thumb className="size-3 rounded-full bg-(--thumb) shadow-node transition-transform duration-100 data-checked:translate-x-3.5 data-checked:bg-on-accent" />
    </Base.Root>
  );
}
