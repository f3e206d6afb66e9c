import type { Inspection } from '../features/diagnostics/inspector';
import type { Chart } from '../model/chart';
import type { Inputs } from './inputs';

/** What was read and what was found in it. */
export interface LintReport {
  readonly inputs: Inputs;
  readonly inspection: Inspection;
  /** What mends may draw on; what listens on the machine that checks is none of the files' business. */
  readonly chart: Chart;
}
