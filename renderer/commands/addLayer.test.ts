import { beforeEach, describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { addableFromText, addableToText, addLayer } from './addLayer';
import { runCommand } from './commands';
import { searchEntries, addableEntries } from './search';

const graph = () => useDocument.getState().document.graph;
const wires = () => Object.values(graph().edges).map(({ from, to }) => `${from.node}.${from.port} → ${to.node}.${to.port}`);
const select = (...ids: string[]) => useSession.getState().select(ids);

beforeEach(() => {
  useDocument.getState().load({ document: newDocument('d'), file: null, title: 'Untitled', isDirty: false });
  useSession.getState().reset();
});

describe('adding a layer', () => {
  it('wires it to the selection and selects it', () => {
    addLayer({ layer: 'input' });
    addLayer({ layer: 'conv2d' });
    addLayer({ layer: 'relu' });
    expect(Object.values(graph().nodes).map((node) => node.name)).toEqual(['input', 'conv2d', 'relu']);
    expect(wires()).toEqual(['n1.y → n2.x', 'n2.y → n3.x']);
    expect([...useSession.getState().selection.nodes]).toEqual(['n3']);
  });

  it('puts an input before the selected layer that waits for one', () => {
    addLayer({ layer: 'conv2d' });
    addLayer({ layer: 'input' });
    expect(wires()).toEqual(['n2.y → n1.x']);
    const [conv, input] = ['n1', 'n2'].map((id) => graph().nodes[id]?.position);
    expect(input?.x).toBeLessThan((conv?.x ?? 0) - 160);
    select('n1');
    addLayer({ layer: 'input' });
    expect(wires(), 'its input is taken').toHaveLength(1);
  });

  it('is no third input of an add that has two', () => {
    addLayer({ layer: 'input' });
    addLayer({ layer: 'conv2d' });
    select('n1', 'n2');
    addLayer({ layer: 'add' });
    const before = wires();
    addLayer({ layer: 'input' });
    expect(wires()).toEqual(before);
  });

  it('joins two selected layers in an add', () => {
    addLayer({ layer: 'input' });
    addLayer({ layer: 'conv2d' });
    select('n1', 'n2');
    addLayer({ layer: 'add' });
    expect(wires().slice(1)).toEqual(['n1.y → n3.inputs.0', 'n2.y → n3.inputs.1']);
  });

  it('takes the first output that feeds nothing yet', () => {
    addLayer({ layer: 'input' });
    addLayer({ layer: 'shortcut' });
    addLayer({ layer: 'conv2d' });
    select('n2');
    addLayer({ layer: 'add' });
    expect(wires().slice(1)).toEqual(['n2.preActivated → n3.x', 'n2.shortcut → n4.inputs.0']);
  });

  it('puts no layer on another', () => {
    for (let count = 0; count < 6; count += 1) {
      select();
      addLayer({ layer: 'relu' });
    }
    const places = Object.values(graph().nodes).map(({ position }) => `${position.x} ${position.y}`);
    expect(new Set(places).size).toBe(6);
  });

  it('stands where it is put, unless a layer is there', () => {
    addLayer({ layer: 'relu' }, { at: { x: 40, y: 80 } });
    expect(graph().nodes['n1']?.position).toEqual({ x: 40, y: 80 });
    addLayer({ layer: 'relu' }, { at: { x: 48, y: 80 } });
    expect(graph().nodes['n2']?.position.x).toBeGreaterThanOrEqual(200);
  });

  it('takes the place of a wire of which an end was taken off', () => {
    addLayer({ layer: 'input' });
    addLayer({ layer: 'conv2d' });
    const [wire] = Object.keys(graph().edges);
    addLayer({ layer: 'relu' }, { from: { node: 'n1', port: 'y' }, instead: wire });
    expect(wires()).toEqual(['n1.y → n3.x']);
    addLayer({ layer: 'input' }, { into: { node: 'n3', port: 'x' }, instead: Object.keys(graph().edges)[0] });
    expect(wires()).toEqual(['n4.y → n3.x']);
    runCommand('edit.undo');
    expect(wires()).toEqual(['n1.y → n3.x']);
  });

  it('is one step of undo with its wires', () => {
    addLayer({ layer: 'input' });
    addLayer({ layer: 'conv2d' });
    runCommand('edit.undo');
    expect(Object.keys(graph().nodes)).toEqual(['n1']);
    expect(wires()).toEqual([]);
  });

  it('knows nothing of a type that is not there', () => {
    expect(addLayer({ layer: 'constructor' })).toBeUndefined();
    expect(addLayer({ block: '__proto__' })).toBeUndefined();
    expect(graph().nodes).toEqual({});
  });
});

describe('copies', () => {
  it('have the wires among them and names of their own', () => {
    addLayer({ layer: 'input' });
    addLayer({ layer: 'conv2d' });
    addLayer({ layer: 'relu' });
    select('n2', 'n3');
    runCommand('edit.duplicate');
    expect(Object.values(graph().nodes).map((node) => node.name)).toEqual(['input', 'conv2d', 'relu', 'conv2d_2', 'relu_2']);
    expect(wires().slice(2)).toEqual(['n4.y → n5.x']);
  });
});

describe('deleting', () => {
  it('takes the wires of a layer with it and leaves nothing selected', () => {
    addLayer({ layer: 'input' });
    addLayer({ layer: 'conv2d' });
    runCommand('edit.delete');
    expect(wires()).toEqual([]);
    expect(useSession.getState().selection.nodes.size).toBe(0);
  });
});

describe('searching layers', () => {
  const names = (query: string) => searchEntries(addableEntries({ blocks: {} }), query).map((entry) => entry.name);
  it('finds by beginning, by middle, by keyword and across spaces', () => {
    expect(names('conv')[0]).toBe('conv2d');
    expect(names('batch norm')[0]).toBe('batchNormalization');
    expect(names('skip')).toContain('shortcut');
    expect(names('pooling')).toEqual(expect.arrayContaining(['maxPooling2d', 'averagePooling2d', 'globalAveragePooling2d']));
    expect(names('zzz')).toEqual([]);
  });
});

describe('a layer on its way through a drag', () => {
  it('arrives as what it was', () => {
    for (const addable of [{ layer: 'conv2d' }, { block: 'block:1' }]) expect(addableFromText(addableToText(addable))).toEqual(addable);
  });
});
