import { describe, expect, it } from 'vitest';
import { saysOutOfMemory } from './outOfMemory';

describe('an allocation that failed', () => {
  // What engines really wrote when they were let have no more memory.
  it.each([
    "Non-zero status code returned while running Expand node. Name:':Expand/50' Status Message: std::bad_alloc",
    'void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool) Failed to allocate memory for requested buffer of size 41943040',
    "terminate called after throwing an instance of 'dnnl::error'\n  what():  could not create a primitive",
    'Operation received an exception:Status: 3, message: could not execute a primitive, in file mkl_matmul_op_fused.cc:287',
    'FATAL ERROR: NewSpace::EnsureCurrentCapacity Allocation failed - JavaScript heap out of memory',
    '# Fatal process out of memory: Zone',
  ])('is told by its words: %s', (text) => expect(saysOutOfMemory(text)).toBe(true));

  it('is not told of other errors', () => {
    expect(saysOutOfMemory('The network was compiled without "train".')).toBe(false);
    expect(saysOutOfMemory('')).toBe(false);
  });
});
