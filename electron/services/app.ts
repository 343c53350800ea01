import type { Handlers } from '../../shared/rpc/define';
import { engineName, type EngineProcessInfo, type EngineStatus, type HostContract } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { ENGINE_TITLES } from '../../shared/rpc/engineTitles';
import type { EngineChooser } from './engineChoice';
import type { EngineOwner } from './engineOwner';
import { mayHaveGpu, type Gpu } from './gpu';
import type { Host } from './host';
import type { Hub } from './hub';

type AppCalls = Pick<Handlers<HostContract>, 'engine.status' | 'engine.program' | 'app.info' | 'app.openExternal'>;

/** What a computer needs to compute on its GPU; the library is there. */
const GPU_REMEDY =
  process.platform === 'linux'
    ? 'install the Vulkan driver of your GPU (Intel, AMD: mesa-vulkan-drivers)'
    : 'install the newest driver of your GPU’s maker';
/** Sets up what is missing; see scripts/setup.mjs. */
const REMEDY = 'npm run setup -- --retry';

/** Which engines can be loaded, asked of the engine's own process, since loading one may crash; the GPU as far as it is known. */
export async function engineStatuses(engine: EngineOwner, gpu: Gpu | undefined): Promise<EngineStatus[]> {
  return (await engineProcess(engine, gpu)).engines;
}

/** The same, with what the process computes with and takes. */
export async function engineProcess(engine: EngineOwner, gpu: Gpu | undefined): Promise<EngineProcessInfo> {
  try {
    const { engines, threads, memory, answering } = await (await engine.client()).call('engine.info', {});
    const statuses = engines.map(({ name, version, reason }) => ({
      name,
      title: ENGINE_TITLES[name],
      available: version !== null,
      version,
      reason: reason ?? (name === 'tensorflow' ? engine.tensorflowWords() : null),
      remedy: version === null ? REMEDY : null,
    }));
    const runtime = statuses.find(({ name }) => name === 'onnxruntime');
    return { engines: [...statuses, gpuStatus(gpu, runtime?.version ?? null)], threads, memory, answering };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const statuses = engineName.options.map((name) => ({
      name,
      title: ENGINE_TITLES[name],
      available: false,
      version: null,
      reason,
      remedy: REMEDY,
    }));
    return { engines: statuses, threads: null, memory: null, answering: null };
  }
}

/** The engine on the GPU: the same library as on the processor, and a driver. */
function gpuStatus(gpu: Gpu | undefined, version: string | null): EngineStatus {
  const isThere = version !== null && gpu !== undefined && gpu.kind !== 'none';
  return {
    name: 'onnxruntime-gpu',
    title: ENGINE_TITLES['onnxruntime-gpu'],
    available: isThere,
    version: isThere ? version : null,
    reason: gpuWords(gpu),
    // Of what is there nothing is to be got: what would be better is told with the reason.
    remedy: isThere || (!gpu && mayHaveGpu()) ? null : GPU_REMEDY,
  };
}

function gpuWords(gpu: Gpu | undefined): string {
  if (!gpu) return mayHaveGpu() ? 'A GPU is being looked for.' : 'The system shows no GPU to programs.';
  if (gpu.kind === 'none') return gpu.reason;
  return gpu.kind === 'hardware'
    ? `${gpu.name}. It trains where a trial of a few steps is quicker than on the processor.`
    : `A driver that imitates a GPU on the processor (software Vulkan): slow, never taken by itself. For a real GPU ${GPU_REMEDY}.`;
}

export function createAppService(host: Host, engine: EngineOwner, chooser: EngineChooser, hub: Hub): AppCalls {
  let statuses: readonly EngineStatus[] = [];
  let looking: Promise<void> | undefined;
  const tell = async (): Promise<void> => {
    const told = await engineStatuses(engine, chooser.known());
    statuses = told;
    hub.emit('engine.changed', { engines: told, message: null });
  };
  /** Nobody waits for it: a page is there before an engine has started, and is told of the engines, and of the GPU, when they are found. */
  function lookForEngines(): void {
    looking ??= tell().finally(() => (looking = undefined));
  }
  async function lookForGpu(): Promise<void> {
    if (chooser.known()) return;
    await chooser.gpu();
    await tell();
  }
  engine.onCrash(() => (statuses = []));
  return {
    'app.info': () => {
      if (statuses.length === 0) {
        lookForEngines();
        if (mayHaveGpu()) void lookForGpu().catch(() => undefined);
      }
      return {
        version: host.version,
        host: host.kind,
        platform: process.platform,
        nativeDialogs: host.dialogs !== null,
        engines: [...statuses],
        versions: { ...host.versions },
      };
    },
    'engine.status': () => {
      void lookForGpu().catch(() => undefined);
      return engineProcess(engine, chooser.known());
    },
    'engine.program': async (input) => (await engine.client()).call('engine.program', input),
    'app.openExternal': ({ url }) => {
      host.openExternal(checkedUrl(url));
      return {};
    },
  };
}

/** The only way out of the program for a link: web and mail, nothing that starts something. */
export function checkedUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'mailto:'))
    throw new RpcError('E_URL', 'Only web pages (https:) and mail addresses can be opened.');
  return parsed.href;
}
