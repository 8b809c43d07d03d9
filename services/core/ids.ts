/** Job ids: `job_`, then 10 characters of the time in milliseconds and 16 of chance, in Crockford's base 32: they sort by age. */
import { randomBytes } from 'node:crypto';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

export function newJobId(now: number): string {
  let time = '';
  for (let left = now, i = 0; i < 10; i++, left = Math.floor(left / 32)) time = DIGITS[left % 32] + time;
  const chance = Array.from(randomBytes(16), (byte) => DIGITS[byte % 32]).join('');
  return `job_${time}${chance}`;
}
