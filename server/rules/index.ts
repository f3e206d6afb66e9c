import type { Rule } from '../model/rule';
import { backupFileIncluded } from './backup-file-included';
import { base60Port } from './base-60-port';
import { browserBlockedPort } from './browser-blocked-port';
import { conflictingServerName } from './conflicting-server-name';
import { contradictingRule } from './contradicting-rule';
import { duplicateDefaultServer } from './duplicate-default-server';
import { duplicateDirective } from './duplicate-directive';
import { duplicateExpose } from './duplicate-expose';
import { duplicateKey } from './duplicate-key';
import { duplicateListen } from './duplicate-listen';
import { duplicateListenOptions } from './duplicate-listen-options';
import { duplicateName } from './duplicate-name';
import { duplicateRule } from './duplicate-rule';
import { emptyExpose } from './empty-expose';
import { emptyUpstream } from './empty-upstream';
import { ephemeralRangePort } from './ephemeral-range-port';
import { excludedEnds } from './excluded-ends';
import { exposeLostPrefix } from './expose-lost-prefix';
import { exposeOutsideStage } from './expose-outside-stage';
import { exposeTransportCase } from './expose-transport-case';
import { firewallBypassed } from './firewall-bypassed';
import { halfOpenRange } from './half-open-range';
import { hostMappingInExpose } from './host-mapping-in-expose';
import { hostPortConflict } from './host-port-conflict';
import { ignoredProfile } from './ignored-profile';
import { intervalOverlap } from './interval-overlap';
import { invalidAddress } from './invalid-address';
import { invalidInterpolation } from './invalid-interpolation';
import { invalidPort } from './invalid-port';
import { invalidPortsValue } from './invalid-ports-value';
import { invalidRule } from './invalid-rule';
import { invalidSetting } from './invalid-setting';
import { invalidTransport } from './invalid-transport';
import { listenBindConflict } from './listen-bind-conflict';
import { listenNotAllowed } from './listen-not-allowed';
import { misplacedDirective } from './misplaced-directive';
import { missingDirective } from './missing-directive';
import { missingPort } from './missing-port';
import { missingTransport } from './missing-transport';
import { octalPort } from './octal-port';
import { overlappingInterval } from './overlapping-interval';
import { overrideKeepsPort } from './override-keeps-port';
import { portAsHost } from './port-as-host';
import { portInName } from './port-in-name';
import { portsInForeignNetwork } from './ports-in-foreign-network';
import { portsWithoutEffect } from './ports-without-effect';
import { privilegedPort } from './privileged-port';
import { projectPortConflict } from './project-port-conflict';
import { publishedPortConflict } from './published-port-conflict';
import { randomPort } from './random-port';
import { rangeMismatch } from './range-mismatch';
import { repeatedPort } from './repeated-port';
import { replicatedFixedPort } from './replicated-fixed-port';
import { shadowedRule } from './shadowed-rule';
import { sharedUdpPort } from './shared-udp-port';
import { storePublishedEverywhere } from './store-published-everywhere';
import { streamDuplicateListen } from './stream-duplicate-listen';
import { swappedRange } from './swapped-range';
import { syntaxError } from './syntax-error';
import { targetNotExposed } from './target-not-exposed';
import { tooManyPorts } from './too-many-ports';
import { truncatedPort } from './truncated-port';
import { undefinedName } from './undefined-name';
import { unexpectedPath } from './unexpected-path';
import { unexpectedPort } from './unexpected-port';
import { unknownFlag } from './unknown-flag';
import { unknownMailProtocol } from './unknown-mail-protocol';
import { unknownParameter } from './unknown-parameter';
import { unknownService } from './unknown-service';
import { unquotedAddress } from './unquoted-address';
import { unsetPortVariable } from './unset-port-variable';
import { unusablePort } from './unusable-port';
import { unusedSuppression } from './unused-suppression';
import { upstreamPortMismatch } from './upstream-port-mismatch';
import { zeroPort } from './zero-port';

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
  missingTransport,
  syntaxError,
  octalPort,
  excludedEnds,
  zeroPort,
  tooManyPorts,
  ignoredProfile,
  unknownParameter,
  repeatedPort,
  misplacedDirective,
  portAsHost,
  unusablePort,
  randomPort,
  unexpectedPort,
  unexpectedPath,
  emptyUpstream,
  duplicateDirective,
  missingDirective,
  unknownMailProtocol,
  portInName,
  invalidRule,
  swappedRange,
  halfOpenRange,
  truncatedPort,
  intervalOverlap,
  undefinedName,
  unknownService,
  duplicateName,
  publishedPortConflict,
  replicatedFixedPort,
  portsWithoutEffect,
  portsInForeignNetwork,
  overrideKeepsPort,
  projectPortConflict,
  unsetPortVariable,
  base60Port,
  storePublishedEverywhere,
  browserBlockedPort,
  ephemeralRangePort,
  hostMappingInExpose,
  exposeTransportCase,
  duplicateExpose,
  emptyExpose,
  exposeLostPrefix,
  privilegedPort,
  targetNotExposed,
  upstreamPortMismatch,
  duplicateListen,
  duplicateDefaultServer,
  duplicateListenOptions,
  conflictingServerName,
  listenBindConflict,
  streamDuplicateListen,
  sharedUdpPort,
  backupFileIncluded,
  contradictingRule,
  duplicateRule,
  shadowedRule,
  overlappingInterval,
  unusedSuppression,
  invalidSetting,
  hostPortConflict,
  firewallBypassed,
  listenNotAllowed,
];
