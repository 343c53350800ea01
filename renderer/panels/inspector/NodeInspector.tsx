import { CircleX, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { NodeId } from '../../../shared/graph/graph';
import type { Problem } from '../../../shared/graph/problem';
import type { AnyLayer } from '../../../shared/layers/define';
import { findLayer } from '../../../shared/layers/index';
import { useDocument } from '../../state/document';
import { faceOf } from '../../../shared/picture/face';
import { currentGraph, pathIn } from '../../state/location';
import { useSession } from '../../state/session';
import { problemWords } from '../problems/problemWords';
import { ActivityFacts } from './ActivityFacts';
import { BlockParams } from './BlockParams';
import { ConsequenceNote } from './Consequence';
import { DocsLink } from './LayerDocs';
import { LayerParams } from './LayerParams';
import { NodeFacts } from './NodeFacts';
import { NodeHeader } from './NodeHeader';
import { Section } from './Section';

/** All of one layer or block: name, parameters, shapes, cost, problems, and what it is. What has a state of its own is keyed by the layer. */
export function NodeInspector({ id }: { readonly id: NodeId }) {
  const document = useDocument((state) => state.document);
  const location = useSession((state) => state.location);
  const { graph, ref, prefix } = currentGraph(document, location);
  const node = graph.nodes[id];
  const analysis = useDocument((state) => state.analysis.nodes.get(pathIn(prefix, id)));
  if (!node) return null;
  const layer = findLayer(node.type);
  const face = faceOf(node, document);
  return (
    <div className="flex flex-col gap-3.5 px-3.5 py-3">
      <NodeHeader id={id} name={node.name} type={node.type} icon={face.icon} kind={face.kind} title={face.title} graph={ref} />
      {layer && <LayerParams key={id} node={node} layer={layer} graph={ref} />}
      {node.type === 'block' && <BlockParams key={id} node={node} block={document.blocks[node.block ?? '']} graph={ref} />}
      <ConsequenceNote path={pathIn(prefix, id)} />
      {analysis && analysis.problems.length > 0 && <NodeProblems problems={analysis.problems} />}
      <ActivityFacts path={pathIn(prefix, id)} />
      {analysis && <NodeFacts analysis={analysis} />}
      {layer && <About layer={layer} />}
    </div>
  );
}

function NodeProblems({ problems }: { readonly problems: readonly Problem[] }) {
  const show = (id: string) => () => {
    useSession.getState().showTab('problems');
    useSession.getState().focusProblem(id);
  };
  return (
    <Section title="Problems">
      <ul className="flex flex-col gap-1">
        {problems.slice(0, 5).map((problem) => (
          <li key={problem.id}>
            <button
              type="button"
              onClick={show(problem.id)}
              className={`flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left ${problem.severity === 'error' ? 'bg-error-soft text-error-text' : 'bg-warning-soft text-warning-text'}`}
            >
              {problem.severity === 'error' ? (
                <CircleX size="0.875rem" aria-hidden className="mt-0.75 shrink-0" />
              ) : (
                <TriangleAlert size="0.875rem" aria-hidden className="mt-0.75 shrink-0" />
              )}
              <span>{problemWords(problem).text}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const About = memo(function About({ layer }: { readonly layer: AnyLayer }) {
  const { summary, formula, url } = layer.docs;
  return (
    <Section title="About">
      <div className="flex flex-col gap-1.5 text-sm text-secondary select-text">
        <p>{summary}</p>
        {formula && <p className="font-mono text-xs break-words">{formula}</p>}
        {url && <DocsLink url={url} />}
      </div>
    </Section>
  );
});
