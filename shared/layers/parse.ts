import type * as z from 'zod';
import type { Params } from '../graph/graph';
import { err, ok, type Result } from '../graph/result';
import type { AnyLayer } from './define';

/** What is wrong with one parameter, in words. */
export interface ParamError {
  readonly param: string;
  readonly message: string;
}

const cache = new WeakMap<Params, { layer: AnyLayer; result: Result<Record<string, unknown>, readonly ParamError[]> }>();

/** Parameters with defaults filled in, or an error per field. Remembered by identity, since documents are immutable. */
export function parseParams(layer: AnyLayer, params: Params): Result<Record<string, unknown>, readonly ParamError[]> {
  const known = cache.get(params);
  if (known?.layer === layer) return known.result;
  const parsed = layer.params.safeParse(params);
  const result = parsed.success ? ok(parsed.data) : err(parsed.error.issues.map((issue) => toParamError(layer, issue)));
  cache.set(params, { layer, result });
  return result;
}

/** Notes that parameters are equal to others of the same layer that may have been read already. */
export function rememberParsed(layer: AnyLayer, params: Params, equal: Params): void {
  if (cache.get(params)?.layer !== layer) cache.set(params, { layer, result: parseParams(layer, equal) });
}

function toParamError(layer: AnyLayer, issue: z.core.$ZodIssue): ParamError {
  const unknownKey = issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys[0] : undefined;
  if (unknownKey !== undefined) return { param: unknownKey, message: `${layer.title} has no such parameter` };
  return { param: String(issue.path[0] ?? ''), message: issue.message };
}

/** The parameters that a new node of this layer starts with. */
export function defaultParams(layer: AnyLayer): Params {
  const parsed = layer.params.safeParse({});
  return parsed.success ? (parsed.data as Params) : {};
}
