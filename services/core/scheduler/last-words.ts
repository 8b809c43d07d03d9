/** What the end of a runner's log says, for people. */

const TELLING = /error|fatal|abort|assert|memory|killed|failed|cannot|can't|no space/i;
const MOST = 300;

/** The last lines that say something, shortened; the empty string if the log is empty. Log entries count by their message. */
export function lastWords(tail: string): string {
  const lines = tail.split('\n').map(plain).filter(Boolean);
  const telling = lines.filter((line) => TELLING.test(line));
  const text = (telling.length > 0 ? telling : lines).slice(-2).join(' … ');
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

function plain(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter(Boolean).join(': ');
  } catch {
    return line.trim();
  }
}
