import { Component, type ErrorInfo, type ReactNode } from 'react';
import { copyText } from '../host/copyText';
import { logProblem } from '../host/pageLog';
import { keepDraftNow } from '../state/drafts';
import { Button } from '../ui/Button';

interface State {
  readonly error: Error | null;
  readonly where: string;
}

/** A mistake of ours in drawing the window: says so calmly, keeps the work, offers the details. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null, where: '' };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    logProblem(error);
    this.setState({ where: componentStack ?? '' });
    void keepDraftNow();
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (!error) return this.props.children;
    const details = `${error.name}: ${error.message}\n${error.stack ?? ''}\n${where}`;
    return (
      <div role="alert" className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
        <h1 className="text-lg font-semibold">Something in the window went wrong</h1>
        <p className="max-w-120 text-secondary">
          Your work is kept: it comes back when the window is loaded again. If this happens twice, the details help us to mend it.
        </p>
        <p className="max-w-120 font-mono text-sm break-words text-secondary">{error.message}</p>
        <div className="mt-3 flex gap-2">
          <Button variant="primary" onClick={() => window.location.reload()}>
            Load again
          </Button>
          <Button onClick={() => void copyText(details)}>Copy details</Button>
        </div>
      </div>
    );
  }
}
