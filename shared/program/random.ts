/** A stream of random numbers that repeats under its key. */
export interface Random {
  /** Uniform in [0, 1), a multiple of 2⁻³². */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform among 0 … bound − 1. */
  below(bound: number): number;
}

/**
 * A stream of its own for each seed and name, so that one more consumer changes nobody else's numbers.
 *
 * xoshiro128** 1.1 (Blackman & Vigna 2018, public domain), its 128 bits of state filled by splitmix32 from the seed
 * and a 32-bit FNV-1a hash of the name.
 */
export function randomOf(seed: number, name: string): Random {
  const next = xoshiro128(stateOf(seed, name));
  const uniform = () => next() / 2 ** 32;
  return { uniform, normal: normals(uniform), below: (bound) => Math.floor(uniform() * bound) };
}

function stateOf(seed: number, name: string): [number, number, number, number] {
  let state = Math.imul(seed | 0, 0x9e3779b1) ^ fnv1a(name);
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  return [next(), next(), next(), next()];
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** The bare generator on four words of state, not all 0: 32 random bits a call. */
export function xoshiro128(state: [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function rotate(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}

/** Box–Muller, both results of a pair used. */
function normals(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
