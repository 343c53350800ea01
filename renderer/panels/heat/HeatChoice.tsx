import { showHeat } from '../../commands/heat';
import { useHeat } from '../../state/heat';
import { Select } from '../../ui/Select';

const NONE = '';

/** By what the canvas is coloured. */
export function HeatChoice() {
  const sources = useHeat((state) => state.sources);
  const shown = useHeat((state) => state.shown);
  return (
    <Select
      label="Colour the canvas by"
      value={shown?.id ?? NONE}
      options={[
        { value: NONE, label: 'No colours' },
        ...sources.map(({ id, title, meaning }) => ({ value: id, label: title, description: meaning })),
      ]}
      onChange={(id) => showHeat(id === NONE ? null : id)}
    />
  );
}
