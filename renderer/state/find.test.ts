import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { networkOf } from '../../shared/testing/networks';
import { useDocument } from './document';
import { followFind, useFind } from './find';
import { useSession } from './session';

const network = networkOf({ image: ['input', { shape: [8, 8, 1] }], a: ['conv2d'], b: ['relu'], c: ['conv2d'] }, ['image → a → b → c']);
const selected = () => [...useSession.getState().selection.nodes].join();
const lit = () => [...useSession.getState().found].join();

describe('finding', () => {
  let end = () => undefined as void;
  beforeAll(() => {
    vi.stubGlobal('requestAnimationFrame', () => 0);
    end = followFind();
  });
  afterAll(() => {
    end();
    vi.unstubAllGlobals();
  });
  beforeEach(() => {
    useSession.getState().reset();
    useFind.setState({ isOpen: false, query: '', matches: [], current: null });
    useDocument.getState().load({ document: network, file: null, title: 'Test', isDirty: false });
    useFind.getState().open();
  });

  it('lights what is found, and goes around', () => {
    useFind.getState().search('conv');
    expect([lit(), selected()]).toEqual(['a,c', '']);
    for (const expected of ['a', 'c', 'a']) {
      useFind.getState().step(1);
      expect(selected()).toBe(expected);
    }
    useFind.getState().step(-1);
    expect(selected()).toBe('c');
  });

  it('begins at the end where one goes back first', () => {
    useFind.getState().search('conv');
    useFind.getState().step(-1);
    expect(selected()).toBe('c');
  });

  it('follows the network', () => {
    useFind.getState().search('conv');
    useDocument.getState().edit('Delete', [{ kind: 'removeNode', id: 'c', graph: 'network' }], 'record');
    expect(lit()).toBe('a');
  });

  it('lights nothing once it is closed, and remembers what was searched', () => {
    useFind.getState().search('conv');
    useFind.getState().close();
    expect(lit()).toBe('');
    useFind.getState().open();
    expect(lit()).toBe('a,c');
  });

  it('stays where it is where nothing is found', () => {
    useFind.getState().search('pool');
    useFind.getState().step(1);
    expect([lit(), selected()]).toEqual(['', '']);
  });
});
