import { beforeEach, describe, expect, it } from 'vitest';
import { networkOf } from '../../shared/testing/networks';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { runCommand } from './commands';
import { wireToPort } from './wiring';

const wires = () =>
  Object.values(useDocument.getState().document.graph.edges).map(({ from, to }) => `${from.node} → ${to.node}.${to.port}`);
const told = () => useSession.getState().toasts.map(({ message }) => message);
const select = (...ids: string[]) => useSession.getState().select(ids);

beforeEach(() => {
  const document = networkOf({ image: ['input', { shape: [8] }], a: ['relu'], b: ['tanh'], add: ['add'], out: ['output'] }, [
    'image → a → b',
  ]);
  useDocument.getState().load({ document, file: null, title: 'Untitled', isDirty: false });
  useSession.getState().reset();
  useSession.setState({ toasts: [] });
});

describe('a click on a port while a layer is selected', () => {
  it('wires the two, whichever has the output', () => {
    select('b');
    expect(wireToPort('add', 'inputs.0', 'input')).toBe(true);
    select('out');
    expect(wireToPort('add', 'y', 'output')).toBe(true);
    expect(wires().slice(2)).toEqual(['b → add.inputs.0', 'add → out.x']);
    expect(told()).toEqual([]);
  });

  it('takes no wire away, and says what would', () => {
    select('image');
    expect(wireToPort('b', 'x', 'input')).toBe(false);
    expect(wires()).toEqual(['image → a.x', 'a → b.x']);
    expect(told()).toEqual(['This input of “b” is wired. Drag a wire to it to put that one in its place.']);
  });

  it('says why where it does not go', () => {
    useDocument.getState().edit('Free', [{ kind: 'disconnect', id: 'image → a', graph: 'network' }], 'record');
    select('b');
    wireToPort('a', 'x', 'input');
    wireToPort('add', 'y', 'output');
    select('out');
    wireToPort('add', 'inputs.0', 'input');
    expect(wires()).toEqual(['a → b.x']);
    expect(told()).toEqual(['That would be a circle: “a” feeds “b” already.', 'Every input of “b” is wired.', '“out” has no output.']);
  });

  it('asks for nothing where no layer, or the layer itself, is selected', () => {
    expect(wireToPort('add', 'y', 'output')).toBe(false);
    select('add');
    expect(wireToPort('add', 'inputs.0', 'input')).toBe(false);
    expect(told()).toEqual([]);
  });
});

it('several layers are taken out as one step, with the wires among them', () => {
  select('a', 'b');
  runCommand('graph.takeOut');
  expect(wires()).toEqual(['a → b.x']);
  expect(useDocument.getState().undoLabel).toBe('Take 2 layers out');
});
