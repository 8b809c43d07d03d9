/** The docblock at the head of a source file, as Markdown: formulas and where they come from are written there and nowhere else. */
import { readdir, readFile } from 'node:fs/promises';

const root = new URL('../../../', import.meta.url);

/** Names in a file that makes several registry entries: a maker's argument, or a part of a template. */
const ofFamily = (name: string): RegExp =>
  new RegExp(`= \\w+\\('${name}'|type: \`${name.replace(/(max|average)-/, '[^`]*')}\``);

/**
 * The docblock of the file in `folder` that holds the registry entry `name`, and where it is. A file that defines several entries has
 * one docblock for all of them, which is left out unless it has formulas.
 */
export async function docblockOf(folder: string, name: string): Promise<string> {
  const files = (await readdir(new URL(folder, root))).filter((file) => file.endsWith('.ts')).sort();
  for (const file of files) {
    const text = await readFile(new URL(`${folder}${file}`, root), 'utf8');
    const where = `Defined in [${folder}${file}](../../${folder}${file}).`;
    const alone = ['type', 'rule', 'name'].some((key) => text.includes(`${key}: '${name}',`));
    const family = ofFamily(name).test(text);
    const several = family || (text.match(/\btype: '/g)?.length ?? 0) > 1;
    if (!alone && !family) continue;
    const shown = markdown(text);
    return several && !shown.includes('```') ? where : `${shown}\n\n${where}`;
  }
  throw new Error(`no file in ${folder} defines '${name}'`);
}

/** The docblock of one file. */
export async function docblock(file: string): Promise<string> {
  return markdown(await readFile(new URL(file, root), 'utf8'));
}

/** Indented lines, which hold formulas, become code; the rest is prose. */
function markdown(source: string): string {
  const [, comment = ''] = /^\/\*\*([\s\S]*?)\*\//.exec(source) ?? [];
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const out: string[] = [];
  let inCode = false;
  for (const line of lines) {
    const isCode = /^ {2,}\S/.test(line);
    if (isCode !== inCode && (isCode || line !== '')) {
      out.push(isCode ? '```text' : '```');
      if (!isCode) out.push('');
      inCode = isCode;
    }
    out.push(isCode ? line.slice(2) : line.trim());
  }
  if (inCode) out.push('```');
  return out
    .join('\n')
    .replace(/\n{2,}```(?=\n|$)/g, '\n```')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
