import type { Rule } from '../model/rule';
import { duplicateKey } from './duplicate-key';
import { exposeOutsideStage } from './expose-outside-stage';
import { invalidAddress } from './invalid-address';
import { invalidInterpolation } from './invalid-interpolation';
import { invalidPort } from './invalid-port';
import { invalidPortsValue } from './invalid-ports-value';
import { invalidTransport } from './invalid-transport';
import { missingPort } from './missing-port';
import { rangeMismatch } from './range-mismatch';
import { unknownFlag } from './unknown-flag';
import { unquotedAddress } from './unquoted-address';

/** Every rule, in the order in which RULES.md lists them. */
export const rules: readonly Rule[] = [
  invalidPort,
  invalidTransport,
  invalidAddress,
  rangeMismatch,
  missingPort,
  invalidPortsValue,
  unquotedAddress,
  duplicateKey,
  invalidInterpolation,
  unknownFlag,
  exposeOutsideStage,
];
