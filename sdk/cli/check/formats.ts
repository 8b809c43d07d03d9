/** Reports for pipelines: JUnit's XML, Markdown for a summary page, and annotations that GitHub shows at the lines. */
import type { FileReport, LocatedFinding } from './report.ts';

/** A report with the findings of it that fail. */
export interface Judged {
  readonly report: FileReport;
  readonly failing: readonly LocatedFinding[];
}

export async function junit(judged: readonly Judged[]): Promise<string> {
  const { default: builder } = await import('junit-report-builder');
  const document = builder.newBuilder();
  for (const { report, failing } of judged) {
    const suite = document.testSuite().name(report.file).time(report.seconds);
    for (const finding of report.findings) {
      const test = suite.testCase().className(report.file).name(finding.rule);
      if (failing.includes(finding)) test.failure(finding.message, finding.cause ?? finding.verdict);
      else if (finding.verdict === 'skipped') test.skipped();
      test.standardOutput(finding.message);
    }
    if (report.error !== null) suite.testCase().className(report.file).name('job').error(report.error);
  }
  return document.build();
}

const marks = { pass: '✅', warn: '⚠️', fail: '❌', skipped: '➖' } as const;

export function markdown(judged: readonly Judged[]): string {
  const parts = judged.map(({ report, failing }) => {
    const rows = report.findings.map((finding) => {
      const known = !failing.includes(finding) && finding.verdict === 'fail' ? ' (in the baseline)' : '';
      return `| ${marks[finding.verdict]} | \`${finding.rule}\` | ${cell(finding.message)}${known} |`;
    });
    const error = report.error === null ? [] : ['', `The job failed: ${report.error}`];
    return [
      `### ${failing.length > 0 || report.error !== null ? '❌' : '✅'} ${report.file}`,
      '',
      '| | check | |',
      '|---|---|---|',
      ...rows,
      ...error,
      '',
    ].join('\n');
  });
  return parts.join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Workflow commands, https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function annotations(judged: readonly Judged[]): string[] {
  return judged.flatMap(({ report, failing }) => {
    const notes = report.findings.flatMap((finding) => {
      const level = failing.includes(finding) ? 'error' : finding.verdict === 'warn' ? 'warning' : null;
      if (!level) return [];
      const { line, column } = finding.place;
      const where = `file=${property(report.file)},line=${line},col=${column},title=${property(finding.rule)}`;
      return [`::${level} ${where}::${data(finding.message)}`];
    });
    return report.error === null ? notes : [...notes, `::error file=${property(report.file)}::${data(report.error)}`];
  });
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
