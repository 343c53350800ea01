import type { SkipDocument } from '../shared/document/document';
import type { CompiledNetwork } from '../shared/program/compiled';
import { PASSES } from '../shared/program/passes';
import { cifarResnet, imageNetResnet, lstmClassifier, mobileNetV2, transformerEncoder, uNet } from '../shared/testing/knownNetworks';
import { compiledSteps } from '../shared/testing/tenSteps';
import { OPTIMIZER } from './subjects';

/** A network, and the batches at which a step of it takes several times what the engine's library does, or about as much. */
interface MemoryNetwork {
  readonly batches: readonly number[];
  /** A yes or no for each output instead of a class. */
  readonly loss?: 'binary';
  document(): SkipDocument;
}

/** A network of the list by its name. Throws for another name. */
export function memoryNetwork(name: string): MemoryNetwork {
  const found = MEMORY_NETWORKS[name];
  if (!found) throw new Error(`There is no network "${name}".`);
  return found;
}

/** As the engines train it; without one of the compiler's passes where its name is given. Throws for a name that is none of theirs. */
export function compiledMemoryNetwork(name: string, batchSize: number, without?: string): CompiledNetwork {
  const { document, loss } = memoryNetwork(name);
  const passes = PASSES.filter((pass) => pass.name !== without);
  if (without !== undefined && passes.length === PASSES.length) throw new Error(`There is no pass "${without}".`);
  return compiledSteps({ name, batchSize, optimizer: OPTIMIZER, document: document(), passes, ...(loss ? { loss } : {}) });
}

export const MEMORY_NETWORKS: Readonly<Record<string, MemoryNetwork>> = {
  'ResNet-20': { document: () => cifarResnet(20), batches: [64, 512] },
  'ResNet-50': { document: () => imageNetResnet(50), batches: [2, 8] },
  'ResNet-152': { document: () => imageNetResnet(152), batches: [4] },
  MobileNetV2: { document: () => mobileNetV2(), batches: [32, 256] },
  'MobileNetV2 at 224²': { document: () => mobileNetV2(224, 1000), batches: [4] },
  transformer: { document: () => transformerEncoder(), batches: [32, 256] },
  LSTM: { document: () => lstmClassifier(), batches: [64, 512] },
  'U-Net': { document: () => uNet({ size: 64, filters: [8, 16, 32, 64] }), batches: [8, 256], loss: 'binary' },
};
