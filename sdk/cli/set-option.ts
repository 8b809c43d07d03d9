/** `--set path=value`, which may be given any number of times. */
import { Option } from 'commander';

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const setOption = (): Option =>
  new Option('-s, --set <path=value>', 'change one field, as in schedule.rate=0.01 (repeatable)')
    .argParser(collect)
    .default([]);
