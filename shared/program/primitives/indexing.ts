import { multiplyDims, type Dim } from '../../graph/dim';
import type { TensorType } from '../../graph/tensor';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import { expectShape } from './_shapes';

function expectIndices(name: string, { dtype }: TensorType): void {
  if (dtype !== 'int32') throw new ProgramError(`${name}: received indices of ${dtype}, expected int32.`);
}

/** For each index the row of the table, of any rank: `[…indices, …row]`. An index that is no row ends the run with an error. */
export const gather = definePrimitive('gather', {
  inputs: ['table', 'indices'],
  outputs: ['y'],
  infer([table, indices]) {
    expectIndices('gather', indices);
    if (table.shape.length === 0) throw new ProgramError('gather: received a scalar, expected a table.');
    return [{ dtype: table.dtype, shape: [...indices.shape, ...table.shape.slice(1)] }];
  },
  gradient: (b, { inputs: [table, indices] }, [dy]) => [b.scatterAdd(dy, indices, table.type.shape[0] as Dim), undefined],
  tensorflow: (g, [table, indices], _, { inputs: [type] }) =>
    g.op('GatherV2', [table, indices, g.constant([0], [], 'int32')], {
      Tparams: { type: type.dtype },
      Tindices: { type: 'int32' },
      Taxis: { type: 'int32' },
      batch_dims: 0,
    }),
  onnx: (g, [table, indices]) => g.op('Gather', [table, indices], { axis: 0 }),
});

/** A table of `rows` rows, each the sum of the values that have its index: what `gather` is the other way round. */
export const scatterAdd = definePrimitive('scatterAdd', {
  inputs: ['values', 'indices'],
  outputs: ['table'],
  infer([values, indices], { rows }: { readonly rows: Dim }) {
    expectIndices('scatterAdd', indices);
    const rank = indices.shape.length;
    expectShape('scatterAdd', { dtype: values.dtype, shape: values.shape.slice(0, rank) }, indices.shape);
    return [{ dtype: 'float32', shape: [rows, ...values.shape.slice(rank)] }];
  },
  gradient: (b, { inputs: [, indices] }, [dTable]) => [b.gather(dTable, indices), undefined],
  tensorflow: (g, [values, indices], { rows }) =>
    g.op('UnsortedSegmentSum', [values, indices, g.size(rows)], {
      T: { type: 'float32' },
      Tindices: { type: 'int32' },
      Tnumsegments: { type: 'int32' },
    }),
  onnx(g, [values, indices], { rows }, { inputs: [valuesType, indicesType], outputs: [table] }) {
    // Over rows of one axis: onnxruntime adds up elements one after another, so that no sum depends on its threads.
    const width = table.shape.slice(1).reduce<Dim>(multiplyDims, 1);
    const count = indicesType.shape.reduce<Dim>(multiplyDims, 1);
    const flat = g.op('Reshape', [values, g.shape([count, width])]);
    const wide = g.op('Cast', [g.op('Reshape', [indices, g.shape([count, 1])])], { to: { type: 'int64' } });
    const zeros = g.op('Expand', [g.constant([0], [], valuesType.dtype), g.shape([rows, width])]);
    const at = g.op('Expand', [wide, g.shape([count, width])]);
    const sums = g.op('ScatterElements', [zeros, at, flat], { axis: 0, reduction: 'add' });
    return g.op('Reshape', [sums, g.shape(table.shape)]);
  },
});

/** 0, 1, 2, … below a size that may be known at run time only, int32. */
export const range = definePrimitive('range', {
  inputs: [],
  outputs: ['y'],
  infer: (_, { size }: { readonly size: Dim }) => [{ dtype: 'int32', shape: [size] }],
  gradient: 'constant',
  tensorflow: (g, _, { size }) =>
    g.op('Range', [g.constant([0], [], 'int32'), g.size(size), g.constant([1], [], 'int32')], { Tidx: { type: 'int32' } }),
  onnx(g, _, { size }) {
    const numbers = g.op('Range', [g.constant([0], [], 'int64'), g.size(size), g.constant([1], [], 'int64')]);
    return g.op('Cast', [numbers], { to: { type: 'int32' } });
  },
});
