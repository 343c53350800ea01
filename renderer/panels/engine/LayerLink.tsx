import { useMemo, type ReactNode } from 'react';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { classes } from '../../ui/classes';

interface LayerLinkProps {
  /** Its name in the flat network. */
  readonly layer: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** Leads from the program to a layer on the canvas; plain words where there is no layer of that name. */
export function LayerLink({ layer, className, children }: LayerLinkProps) {
  const close = useSession((state) => state.closeDialog);
  const nodes = useDocument((state) => state.analysis.flat.nodes);
  const path = useMemo(() => [...nodes].find(([, { name }]) => name === layer)?.[0], [nodes, layer]);
  if (path === undefined) return <span className={className}>{children}</span>;
  return (
    <button
      type="button"
      title="Show it on the canvas"
      onClick={() => {
        close();
        useSession.getState().reveal(path);
      }}
      className={classes('hover:text-ink hover:underline', className)}
    >
      {children}
    </button>
  );
}
