import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BlockDefinition } from '../../shared/document/document';
import { newDocument } from '../../shared/document/create';
import type { GraphNode } from '../../shared/graph/graph';
import { useDocument } from './document';
import { followPlaces, usePlaces } from './places';
import { useSession } from './session';

const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  type: 'relu',
  name: id,
  params: {},
  position: { x: 0, y: 0 },
  ...more,
});
const block: BlockDefinition = { id: 'b', name: 'b', parameters: [], graph: { nodes: { inner: node('inner') }, edges: {} } };
const nodes = { one: node('one'), two: node('two'), three: node('three'), box: node('box', { type: 'block', block: 'b' }) };

const selected = () => [...useSession.getState().selection.nodes].join();
const inside = () =>
  useSession
    .getState()
    .location.map((step) => step.instance)
    .join('/');
const { reveal } = useSession.getState();

describe('back and forward through places', () => {
  let end = () => undefined as void;
  beforeAll(() => {
    vi.stubGlobal('requestAnimationFrame', () => 0);
    end = followPlaces();
  });
  afterAll(() => {
    end();
    vi.unstubAllGlobals();
  });
  beforeEach(() => {
    const document = { ...newDocument(crypto.randomUUID()), graph: { nodes, edges: {} }, blocks: { b: block } };
    useSession.getState().reset();
    useDocument.getState().load({ document, file: null, title: 'Test', isDirty: false });
  });

  it('begins anew with each document', () => {
    expect(usePlaces.getState()).toMatchObject({ past: [], future: [] });
  });

  it('goes back to each layer that was jumped to, and forward again', () => {
    for (const path of ['one', 'two', 'three']) reveal(path);
    usePlaces.getState().back();
    expect(selected()).toBe('two');
    usePlaces.getState().back();
    expect(selected()).toBe('one');
    usePlaces.getState().forward();
    usePlaces.getState().forward();
    expect(selected()).toBe('three');
    usePlaces.getState().forward();
    expect(selected()).toBe('three');
  });

  it('leaves a block by which it came', () => {
    reveal('one');
    reveal('box/inner');
    expect(inside()).toBe('box');
    usePlaces.getState().back();
    expect([inside(), selected()]).toEqual(['', 'one']);
    usePlaces.getState().forward();
    expect([inside(), selected()]).toEqual(['box', 'inner']);
  });

  it('forgets what was ahead when one goes elsewhere', () => {
    for (const path of ['one', 'two']) reveal(path);
    usePlaces.getState().back();
    reveal('three');
    expect(usePlaces.getState().future).toEqual([]);
    usePlaces.getState().back();
    expect(selected()).toBe('one');
  });

  it('passes over a block that is gone', () => {
    reveal('one');
    reveal('box/inner');
    reveal('two');
    useDocument.getState().edit('Delete', [{ kind: 'removeNode', id: 'box', graph: 'network' }], 'record');
    usePlaces.getState().back();
    expect([inside(), selected()]).toEqual(['', 'one']);
  });
});
