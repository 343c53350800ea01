import {
  Activity,
  AlignJustify,
  Box,
  ChartColumn,
  CircleDot,
  Droplets,
  Frame,
  Grid3x3,
  Layers,
  Layers2,
  LogIn,
  LogOut,
  Percent,
  Plus,
  Shrink,
  Sigma,
  Split,
  ArrowRight,
  Copy,
  Minus,
  X,
  Divide,
  ChevronsUp,
  ChevronsDown,
  Shuffle,
  Maximize2,
  Crop,
  Scaling,
  Sparkles,
  Waves,
  TrendingUp,
  EyeOff,
  Table2,
  ListOrdered,
  BookmarkPlus,
  LayoutGrid,
  Repeat,
  ArrowLeftRight,
  Gauge,
  Sun,
  Contrast,
  FlipHorizontal2,
  RotateCw,
  ZoomIn,
  Move,
  SlidersHorizontal,
  type LucideIcon,
} from 'lucide-react';
import { memo } from 'react';

/** The Lucide icons that layers name; imported one by one, so that the bundle holds no others. */
const icons: Readonly<Record<string, LucideIcon>> = {
  activity: Activity,
  'align-justify': AlignJustify,
  'chart-column': ChartColumn,
  'circle-dot': CircleDot,
  droplets: Droplets,
  frame: Frame,
  'grid-3x3': Grid3x3,
  layers: Layers,
  'layers-2': Layers2,
  'log-in': LogIn,
  'log-out': LogOut,
  percent: Percent,
  plus: Plus,
  shrink: Shrink,
  sigma: Sigma,
  split: Split,
  'arrow-right': ArrowRight,
  copy: Copy,
  minus: Minus,
  x: X,
  divide: Divide,
  'chevrons-up': ChevronsUp,
  'chevrons-down': ChevronsDown,
  shuffle: Shuffle,
  'maximize-2': Maximize2,
  crop: Crop,
  scaling: Scaling,
  sparkles: Sparkles,
  waves: Waves,
  box: Box,
  'trending-up': TrendingUp,
  'eye-off': EyeOff,
  'table-2': Table2,
  'list-ordered': ListOrdered,
  'bookmark-plus': BookmarkPlus,
  'layout-grid': LayoutGrid,
  repeat: Repeat,
  'arrow-left-right': ArrowLeftRight,
  gauge: Gauge,
  sun: Sun,
  contrast: Contrast,
  'flip-horizontal-2': FlipHorizontal2,
  'rotate-cw': RotateCw,
  'zoom-in': ZoomIn,
  move: Move,
  'sliders-horizontal': SlidersHorizontal,
};

export const iconNames: ReadonlySet<string> = new Set(Object.keys(icons));

/** An icon by its kebab-case name; a plain box where it is not known. */
export function Icon({ name, size = '1rem' }: { readonly name: string; readonly size?: string }) {
  const Found = icons[name] ?? Box;
  return <Found size={size} strokeWidth={1.75} aria-hidden />;
}

/** An icon on the tint of its kind: `data-kind` names the category. */
export const KindTile = memo(function KindTile({
  icon,
  kind,
  size = 'small',
}: {
  readonly icon: string;
  readonly kind: string;
  readonly size?: 'small' | 'medium';
}) {
  return (
    <span
      data-kind={kind}
      className={`kind-tile inline-flex shrink-0 items-center justify-center bg-kind-3 text-kind-11 ${size === 'small' ? 'size-5 rounded-sm' : 'size-7 rounded-md'}`}
    >
      <Icon name={icon} size={size === 'small' ? '0.8125rem' : '1rem'} />
    </span>
  );
});
