import { memo, type CSSProperties } from 'react';
import { useHeat } from '../state/heat';
import './heat.css';

/** How hot a layer is, where the canvas is coloured by something: a tint, a bar as long as its share, and the figure. */
export const LayerHeat = memo(function LayerHeat({ path }: { readonly path: string }) {
  const value = useHeat(({ values }) => values.get(path));
  if (!value) return null;
  return (
    <>
      <span aria-hidden className="layer-heat" style={{ '--heat': value.share } as CSSProperties} />
      <span className="layer-heat-label">{value.label}</span>
    </>
  );
});
