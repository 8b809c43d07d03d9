/** Machines that runners work on: what one is called, what an hour of it costs, and what it can do at most. */
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import type { Range } from '@anneal/schemas';
import { type Gpu, type Instance, instance, SPOT_SHARE, smallestWithGpu } from './prices.ts';

/** Rates of a machine: a range, since published peaks are never reached, and unknown machines are guessed. */
export interface Rates {
  /** Floating-point operations a second in matrix products. */
  readonly flops: Range;
  /** Bytes a second. */
  readonly bytes: Range;
  /** Seconds that a kernel costs however small it is. */
  readonly kernel: Range;
  /** Seconds before the first step, and after the last one. */
  readonly start: Range;
  readonly end: Range;
}

export interface Machine {
  /** Calibrations are kept by it. */
  readonly name: string;
  /** Dollars an hour; null without a price. */
  readonly price: Range | null;
  readonly rates: Rates;
}

export type Market = 'spot' | 'on-demand';

/** Names the file in which the machine of a runner says what it is: written by its start script, as `{"instanceType", "market"}`. */
const FILE_VARIABLE = 'ANNEAL_MACHINE';

/** Peak of dense products in TF32, where the GPU has it, and memory, by NVIDIA's data sheets. Operations and bytes a second. */
const gpus: Readonly<Record<Gpu, { readonly flops: number; readonly bytes: number }>> = {
  T4: { flops: 8.1e12, bytes: 320e9 },
  A10G: { flops: 70e12, bytes: 600e9 },
  L4: { flops: 60e12, bytes: 300e9 },
  A100: { flops: 156e12, bytes: 1555e9 },
  H100: { flops: 495e12, bytes: 3350e9 },
};

/** Of a core: 3.5 GHz with two units of AVX-512, down to what small products on a busy machine reach. */
const CORE = { low: 3e9, high: 100e9 } as const;

const ofGpu = ({ flops, bytes }: (typeof gpus)[Gpu]): Rates => ({
  // Small products leave most of a GPU idle.
  flops: { low: flops / 200, high: flops },
  bytes: { low: bytes / 20, high: bytes },
  kernel: { low: 2e-6, high: 60e-6 },
  start: { low: 3, high: 180 },
  end: { low: 0.5, high: 60 },
});

const ofCores = (cores: number): Rates => ({
  flops: { low: CORE.low * cores, high: CORE.high * cores },
  bytes: { low: 2e9, high: 40e9 + 5e9 * cores },
  kernel: { low: 0.2e-6, high: 60e-6 },
  start: { low: 0.5, high: 60 },
  end: { low: 0.05, high: 30 },
});

/** @param market undefined where either may come */
export function instanceMachine({ type, gpu, vCpus, price }: Instance, market?: Market): Machine {
  const spot = { low: price * SPOT_SHARE.low, high: price * SPOT_SHARE.high };
  const either = { low: spot.low, high: price };
  return {
    name: type,
    price: market === undefined ? either : market === 'spot' ? spot : { low: price, high: price },
    rates: gpu ? ofGpu(gpus[gpu]) : ofCores(vCpus),
  };
}

/** Those that the CDK app offers. */
export const batchMachines = (): Machine[] => smallestWithGpu().map((one) => instanceMachine(one));

/** This machine, which costs nothing by the hour. Runner and service on it agree about its name. */
export function localMachine(): Machine {
  const cores = os.availableParallelism();
  const processor = os.cpus()[0]?.model.trim().replace(/\s+/g, ' ') || os.arch();
  const boards = localGpus();
  const cpu = ofCores(cores);
  // What is known of a GPU here is its name: anything up to the fastest.
  const rates = boards.length > 0 ? { ...cpu, flops: { ...cpu.flops, high: gpus.H100.flops } } : cpu;
  return {
    name: [processor, `${cores} core${cores === 1 ? '' : 's'}`, ...boards.slice(0, 1)].join(', '),
    price: null,
    rates,
  };
}

/** What NVIDIA's driver tells, without loading anything. */
function localGpus(): string[] {
  const folder = '/proc/driver/nvidia/gpus';
  try {
    return readdirSync(folder).flatMap((board) => {
      const text = readFileSync(`${folder}/${board}/information`, 'utf8');
      return /^Model:\s*(.+)$/m.exec(text)?.[1]?.trim() ?? [];
    });
  } catch {
    return [];
  }
}

/**
 * The machine that this process runs on, as told from outside: by the file that $ANNEAL_MACHINE names, else this one as it is. Null with a reason where the file
 * doesn't tell.
 */
export function machineHere(env: NodeJS.ProcessEnv = process.env): Machine | { readonly unknown: string } {
  const file = env[FILE_VARIABLE];
  if (!file) return localMachine();
  let told: { instanceType?: unknown; market?: unknown };
  try {
    told = JSON.parse(readFileSync(file, 'utf8')) as typeof told;
  } catch (error) {
    return { unknown: `${file} does not tell which machine this is: ${(error as Error).message}` };
  }
  const found = typeof told.instanceType === 'string' ? instance(told.instanceType) : undefined;
  if (!found) return { unknown: `the price table has no instance type '${String(told.instanceType)}' (${file})` };
  // Of what is not known to be spot the full price counts.
  return instanceMachine(found, told.market === 'spot' ? 'spot' : 'on-demand');
}

export const isMachine = (machine: ReturnType<typeof machineHere>): machine is Machine => 'name' in machine;
