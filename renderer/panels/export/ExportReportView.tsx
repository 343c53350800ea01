import type { ExportReport } from '../../../shared/rpc/contract';
import { byteWords } from '../runs/words';
import { failedBarWords, verificationWords } from './exportWords';

/** Where it was written, what is in it, and the proof. */
export function ExportReportView({ report }: { readonly report: ExportReport }) {
  const failed = failedBarWords(report);
  return (
    <div className="min-w-0 flex-1">
      <p className="font-medium text-ink">{verificationWords(report)}</p>
      {failed && <p className="mt-1 text-error-text">{failed}</p>}
      <p className="mt-1 text-sm break-all text-secondary">
        Written to <span className="font-mono text-ink">{report.folder}</span>
      </p>
      <ul aria-label="Files" className="m-0 mt-2 max-h-48 list-none overflow-y-auto rounded-md border border-line p-2 font-mono text-sm">
        {report.files.map(({ name, bytes }) => (
          <li key={name} className="flex justify-between gap-4">
            <span className="truncate">{name}</span>
            <span className="shrink-0 text-secondary">{byteWords(bytes)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
