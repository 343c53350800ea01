import type { SkipDocument } from '../document/document';
import type { Params } from '../graph/graph';
import type { Sketch } from './networks';

/** A mismatch that somebody reported, rebuilt as a network. */
export interface Report {
  /** Where it was told. */
  readonly where: string;
  readonly title: string;
  readonly document: SkipDocument;
  readonly code: string;
  /** Layers that the diagnosis must name. */
  readonly named: readonly string[];
  /** What must be among the repairs; where the report tells its mend, that one. */
  readonly repair: string;
  /** What must be the first, as reviewed by hand: docs/reports.md says why. */
  readonly first: string;
}

/** Of a square convolution in front of a normalization. */
export const convParams = (filters: number, kernel = 3, stride = 1, more: Params = {}): Params => ({
  filters,
  kernelSize: [kernel, kernel],
  strides: [stride, stride],
  padding: 'same',
  useBias: false,
  ...more,
});
export const conv = (...params: Parameters<typeof convParams>): Sketch => ['conv2d', convParams(...params)];
export const pool = (size: number): Sketch => ['maxPooling2d', { poolSize: [size, size], strides: [size, size] }];
export const bn: Sketch = ['batchNormalization'];
export const relu: Sketch = ['relu'];
export const up: Sketch = ['upSampling2d', { size: [2, 2] }];
export const image = (...shape: number[]): Sketch => ['input', { shape }];
export const add: Sketch = ['add'];
export const join: Sketch = ['concatenate'];
export const end: Sketch = ['output'];
