import { nginxNumber } from '../../syntax/nginx/nginx-address';
import { hasPlaceholder, longestWord } from '../../syntax/nginx/nginx-templates';
import { sourceSpan, spanOf } from '../../syntax/sourced-text';
import type { Directive, Findings } from './findings';
import { loosePort, looseReference } from './loose-ports';

/** `health_check port=8080` of the commercial version dials another port of the servers. */
export function readHealthCheck({ owner, statement, place }: Directive, findings: Findings): void {
  for (const { text } of statement.words.slice(1)) {
    if (!text.value.startsWith('port=') || statement.isTemplate) continue;
    const port = nginxNumber(text.value.slice('port='.length)) ?? 0;
    if (port < 1 || port > 65535) continue;
    findings.references.push({
      span: spanOf(text),
      portSpan: sourceSpan(text, 'port='.length, text.value.length),
      ports: { first: port, last: port },
      ...(place.module !== 'stream' && { transport: 'tcp' }),
      role: 'connect',
      owner,
    });
  }
}

/**
 * Addresses of other modules, read where they leave no doubt: `zone_sync_server host:port` of the commercial version,
 * `endpoint host:port` in `otel_exporter`, `usage_report endpoint=host:port` in `mgmt`.
 */
export function readOtherPeer({ owner, statement }: Directive, findings: Findings): void {
  if (statement.isTemplate) return;
  for (const { text } of statement.words.slice(1)) {
    const { value } = text;
    const key = /^(?:endpoint=)?(?:https?:\/\/)?/i.exec(value)?.[0] ?? '';
    const isUsual = /^[A-Za-z0-9_.[\]:-]+:[0-9]+(?:\/|$)/.test(value.slice(key.length, longestWord));
    if (!isUsual && !hasPlaceholder(value)) continue;
    const loose = loosePort(value, key.length, false);
    const found = loose && looseReference(text, loose, { role: 'connect', transport: 'tcp', owner });
    if (found !== undefined) findings.references.push(found);
  }
}

/** Which directives of other modules have an address, and the block that they stand in where the name alone is no proof. */
export function isOtherPeer(name: string, parent: string | undefined): boolean {
  if (name === 'zone_sync_server') return true;
  return (
    (name === 'endpoint' && parent === 'otel_exporter') || (name === 'usage_report' && parent === 'mgmt')
  );
}
