import { ExternalLink } from 'lucide-react';
import type { AnyLayer } from '../../../shared/layers/define';
import { paramFields } from '../../../shared/layers/paramFields';
import { host } from '../../host/client';
import { formatParam } from './formatParam';

/** A layer's documentation on a card: what it does, its formula, its parameters, and where to read on. */
export function LayerDocs({ layer }: { readonly layer: AnyLayer }) {
  const { summary, details, formula, torchName, url } = layer.docs;
  return (
    <article aria-label={layer.title} className="flex flex-col gap-2 select-text">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h3 className="text-base font-semibold">{layer.title}</h3>
        {torchName && <p className="font-mono text-xs text-secondary">PyTorch: {torchName}</p>}
      </header>
      <p>{summary}</p>
      {formula && <p className="rounded-md bg-surface px-2 py-1.5 font-mono text-xs break-words">{formula}</p>}
      {details && <p className="text-secondary">{details}</p>}
      <ParamTable layer={layer} />
      {url && <DocsLink url={url} />}
    </article>
  );
}

function ParamTable({ layer }: { readonly layer: AnyLayer }) {
  const fields = paramFields(layer);
  if (fields.length === 0) return null;
  const cell = 'py-0.5 pr-3 text-left align-baseline';
  return (
    <table className="border-t border-line text-xs">
      <thead className="text-secondary">
        <tr>
          {['Parameter', 'Default', 'PyTorch'].map((title) => (
            <th key={title} scope="col" className={`${cell} pt-1.5 font-medium`}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, label, default: value, torch }) => (
          <tr key={name}>
            <th scope="row" className={`${cell} font-normal`}>
              {label}
            </th>
            <td className={`${cell} font-mono`}>{formatParam(value)}</td>
            <td className={`${cell} font-mono text-secondary`}>{torch ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Opens the manual's page in the browser. */
export function DocsLink({ url }: { readonly url: string }) {
  return (
    <button
      type="button"
      onClick={() => void host.call('app.openExternal', { url }).catch(() => undefined)}
      className="flex items-center gap-1 self-start text-sm text-accent-text hover:underline"
    >
      Documentation
      <ExternalLink size="0.75rem" aria-hidden />
    </button>
  );
}
