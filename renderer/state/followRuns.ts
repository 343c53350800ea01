import { host, useConnection } from '../host/client';
import { activityArrived, followActivity } from './activity';
import { refreshDatasets } from './datasets';
import { useDocument } from './document';
import { oncePerFrame } from './frames';
import { shownRun, useRuns } from './runs';
import { useSession } from './session';
import { withProgress, type RunProgress } from './runUpdates';

/** Keeps the runs store in step with the host, the document and the connection, from boot on. Returns what ends it. */
export function followRuns(): () => void {
  const progress = oncePerFrame<RunProgress>(applyProgress);
  const ends = [
    host.on('runs.progress', progress),
    host.on('runs.activity', ({ runId, documentId, activity }) => {
      if (documentId === useRuns.getState().owner?.documentId) activityArrived(runId, activity);
    }),
    host.on('runs.leftBehind', ({ documentId, message, fix }) => {
      if (documentId === useRuns.getState().owner?.documentId) useSession.getState().toast({ tone: 'error', message, detail: fix });
    }),
    followActivity(),
    host.on('jobs.changed', (job) => useRuns.setState(({ jobs }) => ({ jobs: { ...jobs, [job.id]: job } }))),
    useDocument.subscribe(followDocument),
    useConnection.subscribe((now, before) => {
      if (now.status === 'connected' && before.status !== 'connected') refreshAll();
    }),
    useRuns.subscribe(fetchShown),
    onReturn(() => void useRuns.getState().refresh(true)),
  ];
  followDocument();
  void refreshDatasets();
  return () => ends.forEach((end) => end());
}

function applyProgress(items: readonly RunProgress[]): void {
  useRuns.setState(({ owner, runs }) => ({
    runs: items.filter(({ summary }) => summary.documentId === owner?.documentId).reduce(withProgress, runs),
  }));
}

/** Whoever comes back to the window may have begun a training in a terminal. */
function onReturn(body: () => void): () => void {
  window.addEventListener('focus', body);
  return () => window.removeEventListener('focus', body);
}

function refreshAll(): void {
  void refreshDatasets();
  void useRuns.getState().refresh();
}

function followDocument(): void {
  const { document, file } = useDocument.getState();
  const { owner, setOwner } = useRuns.getState();
  const handle = file?.handle ?? null;
  if (owner?.documentId !== document.id || owner.handle !== handle) void setOwner({ documentId: document.id, handle });
}

const fetching = new Set<string>();

/** What is shown is fetched whole, once. */
function fetchShown(): void {
  const state = useRuns.getState();
  for (const view of [shownRun(state), ...Object.keys(state.comparedRuns).map((id) => state.runs[id])]) {
    if (!view || view.isComplete || fetching.has(view.summary.id)) continue;
    fetching.add(view.summary.id);
    void state.fetch(view.summary.id).finally(() => fetching.delete(view.summary.id));
  }
}
