import { existsSync, readdirSync } from 'node:fs';
import { askChild } from './engineChild';
import type { Host } from './host';

/** What onnxruntime would compute on here. */
export type Gpu = { readonly kind: 'hardware' | 'software'; readonly name: string } | { readonly kind: 'none'; readonly reason: string };

/** Drivers that compute on the processor, by the names of their manifests; Vulkan's loader leaves them out. */
const SOFTWARE_DRIVERS = '*lvp*,*swiftshader*';
/** A driver's first start may compile; a hung one is not waited for. */
const PATIENCE = 30;

/** What the system shows of a GPU to programs: without one of these none can be used. */
const LINUX_DEVICES = ['/dev/nvidia0', '/dev/dxg', '/dev/kgsl-3d0', '/dev/mali0'];

/** Whether it is worth a process to look for a GPU; costs nothing. */
export function mayHaveGpu(): boolean {
  if (process.platform !== 'linux') return true;
  return LINUX_DEVICES.some((path) => existsSync(path)) || renderNodes().length > 0;
}

function renderNodes(): readonly string[] {
  try {
    return readdirSync('/dev/dri').filter((name) => name.startsWith('renderD'));
  } catch {
    return [];
  }
}

/** Looks for a GPU in processes of their own: first for hardware, then for a driver that imitates it. */
export async function lookForGpu(host: Host, softwareDrivers = SOFTWARE_DRIVERS): Promise<Gpu> {
  const look = (environment: Readonly<Record<string, string>>) =>
    askChild({ host, environment, seconds: PATIENCE }, async (client) => (await client.call('gpu.look', {})).reason);
  const hardware = await look({ VK_LOADER_DRIVERS_DISABLE: softwareDrivers });
  const name = gpuNamed(hardware.words);
  // Direct3D has a software driver too, which Vulkan's loader knows nothing of: there the devices that were found decide.
  if (works(hardware) && (process.platform === 'linux' || name !== undefined)) return { kind: 'hardware', name: name ?? 'GPU' };
  const software = await look({});
  if (works(software)) return { kind: 'software', name: 'software driver' };
  return { kind: 'none', reason: 'value' in hardware ? (hardware.value ?? 'It has only a software driver.') : hardware.reason };
}

function works(answer: Awaited<ReturnType<typeof askChild<string | null>>>): boolean {
  return 'value' in answer && answer.value === null;
}

const VENDORS: Readonly<Record<string, string>> = {
  '0x10de': 'NVIDIA',
  '0x1002': 'AMD',
  '0x8086': 'Intel',
  '0x106b': 'Apple',
  '0x5143': 'Qualcomm',
  '0x13b5': 'Arm',
};

/**
 * The first GPU among the devices that onnxruntime says it discovered, in the words of its log (of which type 1 is a GPU); undefined
 * where there is none. Which of several it computes on it does not tell.
 */
export function gpuNamed(words: string): string | undefined {
  for (const [, vendorId = '', deviceId = '', vendor = '', metadata = ''] of words.matchAll(
    /Discovered OrtHardwareDevice \{vendor_id:(\w+), device_id:(\w+), vendor:([^,]*), type:1, metadata: \[(.*?)\]/g,
  )) {
    const description = /Description=([^,\]]+)/.exec(metadata)?.[1]?.trim();
    return description ?? `${VENDORS[vendorId.toLowerCase()] ?? (vendor || vendorId)} ${deviceId}`;
  }
  return undefined;
}
