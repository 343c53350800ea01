import { findDataset } from '../../data/bundled';
import type { SkipDocument } from '../../document/document';
import { isKnown } from '../../graph/dim';
import { channelAxis, formatShape } from '../../graph/tensor';
import type { FlatNode } from '../../infer/analysis';
import { defaultLoss, lossOf, type LossSettings } from '../../training/losses/index';
import { before, onlyAfter, type Learning, type Network, type Rule } from './look';

/** What an output ends in: an activation that belongs to a loss. */
type Ending = 'softmax' | 'sigmoid';

/** What the document says of learning, as far as warnings look at it. */
export function learningOf({ training, data }: SkipDocument): Learning {
  const { objectives } = training;
  return { objectives, isMeant: objectives.length > 0 || data.dataset !== null, classes: findDataset(data.dataset ?? '')?.classes };
}

/** The activation that the loss of an output expects before it; undefined where it takes any numbers. */
export function endingOf(document: SkipDocument, output: FlatNode): Ending | undefined {
  const loss = lossAt(learningOf(document), output);
  return loss && endingFor(loss);
}

/** What a loss that takes scores or probabilities has them made of; undefined where the output may be any numbers. */
function endingFor(loss: LossSettings): Ending | undefined {
  if (!('from' in loss)) return undefined;
  return lossOf(loss.kind).accuracy === 'binary' ? 'sigmoid' : 'softmax';
}

const ENDINGS = new Set<string>(['softmax', 'sigmoid'] satisfies Ending[]);

/** The activation that a layer is, whether by its kind or by its parameter. */
function activationOf({ type, params }: FlatNode): string {
  const { activation } = params;
  return type === 'activation' ? (typeof activation === 'string' ? activation : 'relu') : type;
}

/** How an output learns; undefined where nobody has said that it shall learn. */
function lossAt(learning: Learning | undefined, output: FlatNode): LossSettings | undefined {
  if (!learning?.isMeant) return undefined;
  const { objectives } = learning;
  return objectives.length === 0 ? defaultLoss : objectives.find((objective) => objective.output === output.name)?.loss;
}

const sourceOf = (loss: LossSettings) => ('from' in loss ? loss.from : 'auto');

/** Softmax or sigmoid, and a loss that takes what comes for scores: it is taken twice. */
export const softmaxTwice: Rule = {
  code: 'training/softmax-twice',
  types: ['softmax', 'sigmoid', 'activation'],
  sees: 'near',
  look(network, node) {
    const output = onlyAfter(network, node.path);
    const loss = output?.type === 'output' ? lossAt(network.learning, output) : undefined;
    const own = activationOf(node);
    if (!output || !loss || !ENDINGS.has(own) || sourceOf(loss) !== 'logits') return undefined;
    return {
      code: this.code,
      message: `it makes probabilities, and the loss of “${output.name}” takes them for scores: ${own} is taken twice, so that large errors give small gradients. Take it out, or let the loss take “auto”.`,
    };
  },
};

/** The reverse: a loss that takes probabilities, and none are made. */
export const noProbabilities: Rule = {
  code: 'training/no-probabilities',
  types: ['output'],
  sees: 'before',
  look(network, node) {
    const loss = lossAt(network.learning, node);
    const ending = loss && endingFor(loss);
    const source = before(network, node.path);
    if (!loss || !ending || !source || sourceOf(loss) !== 'probabilities' || activationOf(source) === ending) return undefined;
    // Only of a layer with weights is it sure that it gives scores: probabilities may have been reshaped or averaged, say.
    if ((network.nodes.get(source.path)?.weights.length ?? 0) === 0) return undefined;
    return {
      code: this.code,
      message: `its loss takes probabilities, but ${source.name} gives scores, whose logarithm it would take. Put a ${ending} before it, or let the loss take “auto”.`,
    };
  },
};

/** An activation that belongs to another loss: what it gives is taken for scores all the same. */
export const otherActivation: Rule = {
  code: 'training/other-activation',
  types: ['softmax', 'sigmoid', 'relu', 'activation'],
  sees: 'near',
  look(network, node) {
    const output = onlyAfter(network, node.path);
    const loss = output?.type === 'output' ? lossAt(network.learning, output) : undefined;
    const ending = loss && endingFor(loss);
    const own = activationOf(node);
    if (!output || !ending || sourceOf(loss) !== 'auto' || own === ending || !(ENDINGS.has(own) || own === 'relu')) return undefined;
    const range = own === 'relu' ? 'none of its scores can be negative' : 'its scores lie between 0 and 1 and can hardly differ';
    return {
      code: this.code,
      message: `the loss of “${output.name}” (${lossOf(loss.kind).title}) takes what it gives for scores, and behind ${own} ${range}. Take it out, or put a ${ending} in its place.`,
    };
  },
};

/** The network answers with more or fewer classes than the data has. */
export const otherClasses: Rule = {
  code: 'training/classes',
  types: ['output'],
  sees: 'own',
  look(network, node, known) {
    const classes = network.learning?.classes;
    const objective = network.learning?.objectives.find(({ output }) => output === node.name);
    const loss = lossAt(network.learning, node);
    const shape = known.inputs['x']?.shape;
    if (classes === undefined || !loss || lossOf(loss.kind).accuracy !== 'class' || (objective && objective.column !== 'label') || !shape)
      return undefined;
    const given = shape[channelAxis(shape.length, network.flat.dataFormat)];
    if (shape.length !== 2 || given === undefined || !isKnown(given) || given === classes) return undefined;
    return {
      code: this.code,
      message: `it gives ${formatShape(shape)}, and the chosen data has ${classes} classes. Give the last layer ${classes} units.`,
    };
  },
};

/** The layer whose units are the answers of an output. */
export function answeringLayer(network: Network, output: FlatNode): FlatNode | undefined {
  let at = before(network, output.path);
  while (at && !('units' in at.params) && at.type !== 'dense') {
    const known = network.nodes.get(at.path);
    const isOneToOne = known && known.weights.length === 0 && (network.flat.incoming.get(at.path) ?? []).length === 1;
    at = isOneToOne ? before(network, at.path) : undefined;
  }
  return at;
}
