import type { CommandId } from '../../shared/commands/commands';
import { useSession } from '../state/session';
import { goToArea } from './areas';
import { defineCommand } from './command';
import { describeHere } from './describing';
import { shown } from './graphEdits';
import { extend, follow, goBeside, goToFirst, goToLast, goToPart, mayReadOn, readOn } from './walking';

const anyLayer = () => Object.keys(shown().graph.nodes).length > 0 || 'There is no layer yet.';
const walk = (id: CommandId, run: () => void) => defineCommand(id, { enabled: anyLayer, run });

export const goCommands = [
  defineCommand('go.next', { enabled: () => mayReadOn(1), run: () => void readOn(1) }),
  defineCommand('go.previous', { enabled: () => mayReadOn(-1), run: () => void readOn(-1) }),
  walk('go.forward', () => follow('forward')),
  walk('go.back', () => follow('back')),
  walk('go.up', () => goBeside('before')),
  walk('go.down', () => goBeside('after')),
  walk('go.first', goToFirst),
  walk('go.last', goToLast),
  walk('go.part', () => goToPart(1)),
  walk('go.partBack', () => goToPart(-1)),
  walk('go.extend', () => extend('forward')),
  walk('go.extendBack', () => extend('back')),
  defineCommand('go.describe', { run: () => useSession.getState().announce(describeHere()) }),
  defineCommand('go.nextArea', { run: () => goToArea(1) }),
  defineCommand('go.previousArea', { run: () => goToArea(-1) }),
] as const;
