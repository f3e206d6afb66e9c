import { isAbsolute } from 'node:path';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { fixesOf, rulePage, rules } from '../engine';
import type { Suppressed } from '../features/diagnostics/sift';
import type { Edit, Finding, Fix, Severity } from '../model/finding';
import { grouped } from '../model/grouped';
import { groupOf } from '../model/rule-group';
import type { Uri } from '../model/snapshot';
import type { Span } from '../model/span';
import { version } from '../version';
import type { LintReport } from './lint-report';
import { placeFinder } from './lint-rows';

/**
 * The findings as a log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): the rules with their usual
 * levels, a result for each finding with its other places and its fixes, and those that a comment has ignored, marked so.
 */
export function sarifLog(report: LintReport): Log {
  const { files, problems } = report.inputs;
  const write = resultWriter(report);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver() },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [base]: { description: { text: 'The folder that portolan was run in.' } } },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map((text) => ({ level: 'error', message: { text } })),
          },
        ],
        results: files.flatMap(({ uri }) => [
          ...report.inspection.of(uri).map((finding) => write(finding, undefined)),
          ...report.inspection.suppressed(uri).map(({ finding, by }) => write(finding, by)),
        ]),
      },
    ],
  };
}

/** What the addresses of files in the folder of the call are relative to. */
const base = '%SRCROOT%';

function driver() {
  return {
    name: 'Portolan',
    version,
    informationUri: rulePage('').replace(/#$/, ''),
    rules: rules.map(
      (rule): ReportingDescriptor => ({
        id: rule.id,
        shortDescription: { text: rule.summary },
        fullDescription: { text: rule.rationale },
        helpUri: rulePage(rule.id),
        defaultConfiguration: { level: sarifLevels[rule.severity] },
        properties: { tags: [groupOf(rule)] },
      }),
    ),
  };
}

function resultWriter({ inputs, chart }: LintReport) {
  const placeOf = placeFinder(inputs.snapshot);
  const artifact = (uri: Uri) => {
    const name = inputs.nameOf(uri);
    if (!uri.startsWith('file:')) return { uri: name };
    // What lies outside of the folder of the call has its whole address.
    return isAbsolute(name)
      ? { uri }
      : { uri: name.split('/').map(encodeURIComponent).join('/'), uriBaseId: base };
  };
  const region = (uri: Uri, span: Span) => {
    const { line, column, endLine, endColumn } = placeOf(uri, span);
    return {
      ...{ startLine: line, startColumn: column, endLine, endColumn },
      ...{ charOffset: span.start, charLength: span.end - span.start },
    };
  };
  const location = (uri: Uri, span: Span) => ({
    physicalLocation: { artifactLocation: artifact(uri), region: region(uri, span) },
  });
  const replacement = ({ uri, span, text }: Edit) => ({
    deletedRegion: region(uri, span),
    insertedContent: { text },
  });
  const fixOf = ({ title, edits }: Fix) => ({
    description: { text: title },
    artifactChanges: [...grouped(edits, ({ uri }) => uri)].map(([uri, here]) => ({
      artifactLocation: artifact(uri),
      replacements: here.map(replacement),
    })),
  });
  return (finding: Finding, by: Suppressed['by'] | undefined): Result => {
    const fixes = fixesOf(chart, finding);
    return {
      ruleId: finding.rule,
      ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
      level: sarifLevels[finding.severity],
      message: { text: finding.message },
      locations: [location(finding.uri, finding.span)],
      ...(finding.related.length > 0 && {
        relatedLocations: finding.related.map(({ uri, span, message }, id) => ({
          id,
          ...location(uri, span),
          message: { text: message },
        })),
      }),
      ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
      ...(by !== undefined && {
        suppressions: [{ kind: 'inSource', ...(by.reason !== undefined && { justification: by.reason }) }],
      }),
      properties: { severity: finding.severity },
    };
  };
}

/** SARIF has one level for all that is no more than advice. */
const sarifLevels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};
