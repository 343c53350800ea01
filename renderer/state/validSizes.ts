import { inputSizesThatWork } from '../../shared/diagnose/inputSizes';
import { useDocument } from './document';
import { useWhenQuiet } from './useQuiet';

/** Larger networks are not inferred a second time at each edit. */
const SOLVED = 2000;
const tooMany = () => undefined;

/** For which input sizes the network works, worked out in a pause; undefined where that cannot be said, or costs too much. */
export function useValidSizes() {
  const document = useDocument((state) => state.document);
  const layers = useDocument((state) => state.analysis.flat.nodes.size);
  return useWhenQuiet(document, layers > SOLVED ? tooMany : inputSizesThatWork);
}
