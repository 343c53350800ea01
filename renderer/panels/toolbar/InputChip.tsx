import { Maximize } from 'lucide-react';
import { formatShape } from '../../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../../shared/infer/analysis';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { countOf } from '../../ui/numbers';
import { Tooltip } from '../../ui/Tooltip';

/** The shape that enters the network; pressed, it shows the input. */
export function InputChip() {
  const text = useDocument((state) => inputText(state.analysis));
  if (text === undefined) return null;
  return (
    <Tooltip label="What enters the network" hint="Press to show the input layer.">
      <Button
        icon={<Maximize size="0.8125rem" aria-hidden className="text-secondary" />}
        onClick={showInput}
        aria-label={`Input ${text}`}
        className="font-mono text-sm @max-[56rem]/toolbar:hidden"
      >
        {text}
      </Button>
    </Tooltip>
  );
}

function inputPaths({ flat }: NetworkAnalysis): readonly string[] {
  return [...flat.nodes.values()].filter((node) => node.type === 'input').map((node) => node.path);
}

function inputText(analysis: NetworkAnalysis): string | undefined {
  const paths = inputPaths(analysis);
  if (paths.length === 0) return undefined;
  if (paths.length > 1) return countOf(paths.length, 'input');
  const type = analysis.nodes.get(paths[0] as string)?.outputs['y'];
  return type ? formatShape(type.shape) : 'input ?';
}

function showInput(): void {
  const [path] = inputPaths(useDocument.getState().analysis);
  if (path === undefined) return;
  useSession.getState().reveal(path);
  useSession.getState().setPanel('inspector', true);
}
