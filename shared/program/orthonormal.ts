/**
 * A random matrix, row-major, whose columns are orthonormal – its rows where there are more columns than rows.
 *
 * As Keras's `Orthogonal` (Saxe et al. 2013): the Q of a QR factorisation of normal numbers whose R has a positive
 * diagonal, which is what Gram–Schmidt gives. Each vector is made orthogonal twice, which float64 needs and is enough
 * (Giraud et al. 2005). Costs longer side · shorter side².
 */
export function orthonormal(rows: number, columns: number, normal: () => number): Float64Array {
  const [length, count] = [Math.max(rows, columns), Math.min(rows, columns)];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, normal);
    for (const other of [...vectors, ...vectors]) subtract(vector, other, dot(vector, other));
    const norm = Math.sqrt(dot(vector, vector));
    // A vector inside the others' span has probability 0; its rest would be rounding.
    if (norm > 1e-9) vectors.push(vector.map((value) => value / norm));
  }
  const at = (row: number, column: number) => (rows >= columns ? vectors[column]?.[row] : vectors[row]?.[column]) as number;
  return Float64Array.from({ length: rows * columns }, (_, index) => at(Math.floor(index / columns), index % columns));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}

function subtract(from: Float64Array, vector: Float64Array, times: number): void {
  for (let index = 0; index < from.length; index++) from[index] = (from[index] as number) - times * (vector[index] as number);
}
