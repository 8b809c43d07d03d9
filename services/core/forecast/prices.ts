/**
 * Prices of EC2 instances by the hour, Linux, on demand, us-east-1: all sizes of the families that the CDK app offers, and two without a GPU.
 *
 * Not fetched from AWS: put together from public copies of its price list, which agree among each other (a copy of the console's list,
 * and github.com/datareceipts/data-receipts, 109-gpu-pricing, retrieved 2026-11-09). Check them at https://aws.amazon.com/ec2/pricing/on-demand/
 * before you rely on them; discounts, taxes, disks and traffic are not in them. Whoever changes a price sets `AS_OF` too: a test sees to it.
 */
import type { PriceNote } from '@anneal/schemas';

/** Day at which the table was true, as far as its sources tell. */
export const AS_OF = '2026-11-09';
export const REGION = 'us-east-1';
const HALF_A_YEAR = 183 * 24 * 3600 * 1000;

/**
 * What a spot machine typically costs, as a share of the on-demand price. An assumption: spot prices change by the hour and the zone,
 * and AWS names only "up to 90 % off". They never pass the on-demand price here, since Batch bids no more.
 */
export const SPOT_SHARE = { low: 0.3, high: 0.8 } as const;

export type Gpu = 'T4' | 'A10G' | 'L4' | 'A100' | 'H100';

export interface Instance {
  readonly type: string;
  readonly vCpus: number;
  readonly memoryGib: number;
  readonly gpus: number;
  readonly gpu: Gpu | null;
  /** Dollars an hour, on demand. */
  readonly price: number;
}

const of = (gpu: Gpu | null, family: string, ...sizes: [string, number, number, number, number][]): Instance[] =>
  sizes.map(([size, vCpus, memoryGib, gpus, price]) => {
    return { type: `${family}.${size}`, vCpus, memoryGib, gpus, gpu, price };
  });

export const instances: readonly Instance[] = [
  ...of(
    'T4',
    'g4dn',
    ['xlarge', 4, 16, 1, 0.526],
    ['2xlarge', 8, 32, 1, 0.752],
    ['4xlarge', 16, 64, 1, 1.204],
    ['8xlarge', 32, 128, 1, 2.176],
    ['12xlarge', 48, 192, 4, 3.912],
    ['16xlarge', 64, 256, 1, 4.352],
    ['metal', 96, 384, 8, 7.824],
  ),
  ...of(
    'A10G',
    'g5',
    ['xlarge', 4, 16, 1, 1.006],
    ['2xlarge', 8, 32, 1, 1.212],
    ['4xlarge', 16, 64, 1, 1.624],
    ['8xlarge', 32, 128, 1, 2.448],
    ['12xlarge', 48, 192, 4, 5.672],
    ['16xlarge', 64, 256, 1, 4.096],
    ['24xlarge', 96, 384, 4, 8.144],
    ['48xlarge', 192, 768, 8, 16.288],
  ),
  ...of(
    'L4',
    'g6',
    ['xlarge', 4, 16, 1, 0.8048],
    ['2xlarge', 8, 32, 1, 0.9776],
    ['4xlarge', 16, 64, 1, 1.3232],
    ['8xlarge', 32, 128, 1, 2.0144],
    ['12xlarge', 48, 192, 4, 4.6016],
    ['16xlarge', 64, 256, 1, 3.3968],
    ['24xlarge', 96, 384, 4, 6.6752],
    ['48xlarge', 192, 768, 8, 13.3504],
  ),
  ...of('A100', 'p4d', ['24xlarge', 96, 1152, 8, 21.95764]),
  ...of('H100', 'p5', ['4xlarge', 16, 256, 1, 6.88], ['48xlarge', 192, 2048, 8, 55.04]),
  ...of(null, 'm7i', ['xlarge', 4, 16, 0, 0.2016], ['4xlarge', 16, 64, 0, 0.8064]),
];

export const instance = (type: string): Instance | undefined => instances.find((one) => one.type === type);

/** The smallest of each family with a GPU: a runner takes one GPU and four vCPUs, so larger ones are no faster for one job. */
export function smallestWithGpu(): Instance[] {
  const smallest = new Map<string, Instance>();
  for (const one of instances) {
    const [family = ''] = one.type.split('.');
    const known = smallest.get(family);
    if (one.gpus > 0 && (!known || one.price < known.price)) smallest.set(family, one);
  }
  return [...smallest.values()];
}

/** @param now milliseconds since 1970 */
export const priceNote = (now: number): PriceNote => ({
  asOf: AS_OF,
  region: REGION,
  stale: now - Date.parse(AS_OF) > HALF_A_YEAR,
});
