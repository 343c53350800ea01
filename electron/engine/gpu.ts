import { builderOf } from '../../shared/program/builderOf';
import { loadOnnxruntime } from './onnxruntime/library';
import { createRunner } from './onnxruntime/runner';

/**
 * Why onnxruntime computes on no GPU here; null where it does. Loads the GPU's driver, which may end the process: to be asked of a
 * process of its own. The library tells that process's error stream which devices it found.
 */
export async function whyNoGpu(): Promise<string | null> {
  try {
    const library = loadOnnxruntime();
    library.env.logLevel = 'info';
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [4] });
    builder.output('y', builder.mul(x, x));
    const runner = await createRunner(library, builder.build('look'), 'gpu');
    const { outputs } = await runner.run({ x: { dtype: 'float32', shape: [4], data: Float32Array.of(1, 2, 3, 4) } }, new Map());
    await runner.release();
    const squares = [...(outputs['y']?.data ?? [])];
    return squares.join() === '1,4,9,16' ? null : `It computed ${squares.join(', ')} for the squares of 1, 2, 3, 4.`;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).trim().split('\n')[0]?.slice(0, 300) ?? '';
  }
}
