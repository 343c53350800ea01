import type { Handlers } from '../../shared/rpc/define';
import type { EngineProcessInfo, EngineStatus, HostContract } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { EngineOwner } from './engineOwner';
import type { Host } from './host';

type AppCalls = Pick<Handlers<HostContract>, 'engine.status' | 'engine.program' | 'engine.profile' | 'app.info' | 'app.openExternal'>;

const TITLES = { tensorflow: 'TensorFlow', onnxruntime: 'onnxruntime' } as const;
/** Sets up what is missing; see scripts/setup.mjs. */
const REMEDY = 'npm run setup -- --retry';

/** Which engines can be loaded, asked of the engine's own process, since loading one may crash. */
export async function engineStatuses(engine: EngineOwner): Promise<EngineStatus[]> {
  return (await engineProcess(engine)).engines;
}

/** The same, with what the process computes with and takes. */
export async function engineProcess(engine: EngineOwner): Promise<EngineProcessInfo> {
  try {
    const { engines, threads, memory } = await (await engine.client()).call('engine.info', {});
    const statuses = engines.map(({ name, version, reason }) => ({
      name,
      title: TITLES[name],
      available: version !== null,
      version,
      reason,
      remedy: version === null ? REMEDY : null,
    }));
    return { engines: statuses, threads, memory };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const statuses = (['tensorflow', 'onnxruntime'] as const).map((name) => ({
      name,
      title: TITLES[name],
      available: false,
      version: null,
      reason,
      remedy: REMEDY,
    }));
    return { engines: statuses, threads: null, memory: null };
  }
}

export function createAppService(host: Host, engine: EngineOwner): AppCalls {
  let statuses: Promise<EngineStatus[]> | undefined;
  engine.onCrash(() => (statuses = undefined));
  return {
    'app.info': async () => {
      statuses ??= engineStatuses(engine);
      return {
        version: host.version,
        host: host.kind,
        platform: process.platform,
        nativeDialogs: host.dialogs !== null,
        engines: await statuses,
        versions: { ...host.versions },
      };
    },
    'engine.status': () => engineProcess(engine),
    'engine.program': async (input) => (await engine.client()).call('engine.program', input),
    'engine.profile': async (input) => (await engine.client()).call('engine.profile', input),
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
