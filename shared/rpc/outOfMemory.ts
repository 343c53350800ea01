/**
 * How an allocation that failed reads: TensorFlow's allocator, oneDNN (which has other words for it), onnxruntime's arena, C++ and V8.
 */
const WORDS =
  /OOM when allocating|ResourceExhausted|could not (?:create|execute) a (?:primitive|memory)|Failed to allocate memory|bad[_ ]alloc|Array buffer allocation failed|(?:heap|process) out of memory|cannot allocate memory/i;

/** Whether an error's text, or the last words of a process that ended, say that memory ran out. */
export function saysOutOfMemory(text: string): boolean {
  return WORDS.test(text);
}
