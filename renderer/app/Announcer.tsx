import { useSession } from '../state/session';

/** What a screen reader says besides what has the focus: steps on the canvas and what an edit led to. */
export function Announcer() {
  const announcements = useSession((state) => state.announcements);
  return (
    <div role="log" aria-label="Announcements" className="sr-only">
      {announcements.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
