import { ExternalLink, Footprints, Keyboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { runCommand } from '../../commands/commands';
import { openLink } from '../../host/links';

const papers = [
  { title: 'Deep residual learning', detail: 'He and others, 2015', url: 'https://arxiv.org/abs/1512.03385' },
  { title: 'Identity mappings', detail: 'pre-activation, 2016', url: 'https://arxiv.org/abs/1603.05027' },
  { title: 'Keras layers', detail: 'the words used here', url: 'https://keras.io/api/layers/' },
] as const;

/** Ways to learn: the tour on the real editor, the keys, and where the ideas come from. */
export function LearnLinks() {
  return (
    <section aria-label="Learn" className="min-w-0">
      <h3 className="mb-1 px-2 text-xs font-medium text-secondary">Learn</h3>
      <ul>
        <Row
          icon={<Footprints size="0.9375rem" aria-hidden />}
          title="Take the tour"
          detail="five steps, one minute"
          onClick={() => runCommand('help.tour')}
        />
        <Row
          icon={<Keyboard size="0.9375rem" aria-hidden />}
          title="Keyboard shortcuts"
          detail="all can be changed"
          onClick={() => runCommand('help.shortcuts')}
        />
        {papers.map(({ title, detail, url }) => (
          <Row
            key={url}
            icon={<ExternalLink size="0.9375rem" aria-hidden />}
            title={title}
            detail={detail}
            onClick={() => openLink(url)}
            isLink
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly detail: string;
  readonly onClick: () => void;
  readonly isLink?: boolean;
}

function Row({ icon, title, detail, onClick, isLink = false }: RowProps) {
  return (
    <li>
      <button
        type="button"
        {...(isLink ? { role: 'link' } : {})}
        onClick={onClick}
        className="flex h-8 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover"
      >
        <span className="shrink-0 text-secondary">{icon}</span>
        <span className="shrink-0">{title}</span>
        <span className="min-w-0 truncate text-sm text-secondary">{detail}</span>
      </button>
    </li>
  );
}
