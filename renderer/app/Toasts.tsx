import { useEffect, useState } from 'react';
import { useSession, type ToastData } from '../state/session';
import { Toast } from '../ui/Toast';

/** Short notes in the canvas' lower right corner, where no panel is under them; read out, and gone by themselves unless the pointer is on them. */
export function Toasts() {
  const toasts = useSession((state) => state.toasts);
  return (
    <div role="status" aria-label="Notes" className="toasts pointer-events-none fixed z-50 flex flex-col gap-2">
      {toasts.map((toast) => (
        <TimedToast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function TimedToast({ toast }: { readonly toast: ToastData }) {
  const [isHeld, setIsHeld] = useState(false);
  const { id, tone, detail, action } = toast;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => useSession.getState().dismissToast(id), tone === 'error' || action || detail ? 9_000 : 5_000);
    return () => clearTimeout(timer);
  }, [id, tone, action, detail, isHeld]);
  return (
    <div
      className="pointer-events-auto"
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <Toast
        {...toast}
        action={
          action && {
            label: action.label,
            run: () => {
              useSession.getState().dismissToast(id);
              action.run();
            },
          }
        }
        onClose={() => useSession.getState().dismissToast(id)}
      />
    </div>
  );
}
