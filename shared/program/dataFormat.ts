import type { Dim } from '../graph/dim';
import { channelAxis, type DataFormat, type Shape, type TensorType } from '../graph/tensor';
import type { Builder, Value } from './builder';

/** From the network's own format to channels-last, which images are inside a program whatever the network says. */
export function toInside(builder: Builder, value: Value, dataFormat: DataFormat): Value {
  const rank = value.type.shape.length;
  return isTurned(rank, dataFormat) ? builder.transpose(value, inwards(rank)) : value;
}

/** From channels-last to the network's own format, at the rim of the program. */
export function toOutside(builder: Builder, value: Value, dataFormat: DataFormat): Value {
  const rank = value.type.shape.length;
  return isTurned(rank, dataFormat) ? builder.transpose(value, outwards(rank)) : value;
}

/** The type that {@link toOutside} gives for a value of the given type. */
export function outsideType({ dtype, shape }: TensorType, dataFormat: DataFormat): TensorType {
  if (!isTurned(shape.length, dataFormat)) return { dtype, shape };
  return { dtype, shape: outwards(shape.length).map((axis) => shape[axis] as Dim) };
}

/** A shape in the network's own format without its channels, where those are classes. */
export function classAxisRemoved(shape: Shape, dataFormat: DataFormat): Shape {
  const classes = channelAxis(shape.length, dataFormat);
  return shape.filter((_, axis) => axis !== classes);
}

function isTurned(rank: number, dataFormat: DataFormat): boolean {
  return channelAxis(rank, dataFormat) !== rank - 1;
}

function inwards(rank: number): readonly number[] {
  return [0, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 2), 1];
}

function outwards(rank: number): readonly number[] {
  return [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 1)];
}
