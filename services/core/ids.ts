/**
 * Job ids: `job_`, then 10 characters of the time in milliseconds and 16 of chance, in Crockford's base 32: they sort by age. Ids of data
 * sets, `ds_`, hold the time that is left instead: the newest is the first.
 */
import { randomBytes } from 'node:crypto';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

export const newJobId = (now: number): string => `job_${digits(now)}${chance()}`;

export const newDatasetId = (now: number): string => `ds_${digits(32 ** 10 - 1 - now)}${chance()}`;

function digits(time: number): string {
  let text = '';
  for (let left = time, i = 0; i < 10; i++, left = Math.floor(left / 32)) text = DIGITS[left % 32] + text;
  return text;
}

const chance = (): string => Array.from(randomBytes(16), (byte) => DIGITS[byte % 32]).join('');

/** Ids of one process, each greater than the one before, also within a millisecond and when the clock goes back. */
export function growingJobIds(): (now: number) => string {
  let last = '';
  return (now) => {
    const fresh = newJobId(now);
    last = last === '' || fresh.slice(0, TIME_END) > last.slice(0, TIME_END) ? fresh : next(last);
    return last;
  };
}

/** `job_` and the digits of the time. */
const TIME_END = 14;

function next(id: string): string {
  const end = id.search(/[^z]z*$/);
  return `${id.slice(0, end)}${DIGITS[DIGITS.indexOf(id[end]!) + 1]}${'0'.repeat(id.length - end - 1)}`;
}
