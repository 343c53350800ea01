import type { Kind } from './face';

/** Colours of a picture for paper: grounds and lines of the kinds as in the light theme, all legible in grey as well. */
export const KIND_COLOURS: Readonly<Record<Kind, { readonly ground: string; readonly line: string }>> = {
  inputOutput: { ground: '#f0f0f3', line: '#60646c' },
  core: { ground: '#edf2fe', line: '#3a5bc7' },
  convolution: { ground: '#e6f4fe', line: '#0d74ce' },
  resampling: { ground: '#e9f6e9', line: '#2a7e3b' },
  pooling: { ground: '#def7f9', line: '#107d98' },
  normalization: { ground: '#e0f8f3', line: '#008573' },
  activation: { ground: '#ffefd6', line: '#cc4e00' },
  regularization: { ground: '#f6edea', line: '#7d5e54' },
  merge: { ground: '#f4f0fe', line: '#6550b9' },
  residual: { ground: '#f7edfe', line: '#8145b5' },
  attention: { ground: '#fee9f5', line: '#c2298a' },
  preprocessing: { ground: '#f6eee7', line: '#815e46' },
  blocks: { ground: '#f7edfe', line: '#8145b5' },
  unknown: { ground: '#f0f0f0', line: '#646464' },
};

export const INK = '#202020';
export const QUIET = '#646464';
export const WIRE = '#646464';
export const PAPER = '#ffffff';
/** Grounds of residual streams, in the order of the ribbons' tones. */
export const RIBBONS = ['#f2e2fc', '#ccf3ea', '#ffdfb5'] as const;
