/** Logs of the service's processes: one JSON object a line. */
import pino from 'pino';

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** Written at once, so that a crash loses none of it. `level` yields to ANNEAL_LOG_LEVEL. */
export function createLog(name: string, output: 'stdout' | 'stderr', level: pino.Level): Log {
  return pino(
    {
      name,
      level: process.env.ANNEAL_LOG_LEVEL || level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: output === 'stdout' ? 1 : 2, sync: true }),
  );
}
