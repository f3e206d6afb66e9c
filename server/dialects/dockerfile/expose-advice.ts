import type { Fault } from '../../model/fault';
import type { PortReference, VariableUse } from '../../model/port';
import { slice } from '../../model/span';
import type { PortSpec } from '../../syntax/docker/port-spec';
import { type SourcedText, sourceSpan, spanOf } from '../../syntax/sourced-text';
import type { ExposedWord, ExposePlace } from './expose';

/**
 * What Docker builds although it does not mean what it seems to say: parts that EXPOSE does not take, and characters that
 * BuildKit loses (its lint rules ExposeInvalidFormat and ExposeProtoCasing, moby/buildkit
 * frontend/dockerfile/linter/ruleset.go).
 */
export function wordAdvice(
  { argument, word, lost, text }: ExposedWord,
  { host, address, container, transport }: PortSpec,
): readonly Fault[] {
  const span = spanOf(argument);
  const isLiteral = slice(text, span) === word.value;
  if (lost !== undefined) {
    const isPlain = !/["'\\`]/.test(argument.value);
    return [
      {
        rule: 'expose-lost-prefix',
        span,
        message: `Docker drops "${slice(text, lost)}" in front of an unquoted "\${…}" with an operator, and exposes "${word.value}" alone.`,
        ...(isPlain && {
          fixes: [{ title: 'Put the argument in double quotes', span, text: `"${argument.value}"` }],
        }),
      },
    ];
  }
  if (host !== undefined || address !== undefined || word.value.includes(':')) {
    const kept = word.value.slice(container.from);
    return [
      {
        rule: 'host-mapping-in-expose',
        span,
        message: `EXPOSE knows container ports alone: of "${word.value}" Docker exposes ${kept} and publishes nothing.`,
        ...(isLiteral && { fixes: [{ title: `Write ${kept}`, span, text: kept }] }),
      },
    ];
  }
  const written = transport === undefined ? '' : word.value.slice(transport.from, transport.to);
  if (transport === undefined || written === written.toLowerCase()) return [];
  const place = sourceSpan(word, transport.from, transport.to);
  const fix = {
    title: `Write ${written.toLowerCase()}`,
    span: place,
    text: written.toLowerCase(),
    isSafe: true as const,
  };
  return [
    {
      rule: 'expose-transport-case',
      span: place,
      message: `Docker wants "${written}" in lower case and says so at every build.`,
      ...(slice(text, place) === written && { fixes: [fix] }),
    },
  ];
}

/** An argument whose variables are all empty. */
export function emptyAdvice(argument: SourcedText, names: readonly string[]): Fault {
  const which = names.map((name) => `"${name}"`).join(' and ');
  return {
    rule: 'empty-expose',
    span: spanOf(argument),
    message: `${which} ${names.length === 1 ? 'is' : 'are'} empty here: Docker drops this argument without a word and exposes no port for it.`,
  };
}

/** Variables that only an ARG in front of the first FROM sets: unless the base image has them, they are empty. */
export function unseenAdvice(
  argument: SourcedText,
  variables: readonly VariableUse[],
  { isGlobal, start }: ExposePlace,
): readonly Fault[] {
  const names = variables.flatMap(({ name, from }) => (from === 'unknown' && isGlobal(name) ? [name] : []));
  return [...new Set(names)].map((name) => ({
    rule: 'empty-expose',
    span: spanOf(argument),
    message: `"${name}" is set in front of the first FROM, where no stage sees it: unless the base image sets it, it is empty here.`,
    fixes: [{ title: `Declare it with ARG ${name}`, span: { start, end: start }, text: `ARG ${name}\n` }],
  }));
}

/** The ports below 1024 of an image whose programs do not run as root. */
export function privilegedAdvice(exposed: readonly PortReference[], user: string): readonly Fault[] {
  return exposed.flatMap(({ ports, portSpan }): readonly Fault[] => {
    if (ports === undefined || ports.first === 0 || ports.first > 1023) return [];
    return [
      {
        rule: 'privileged-port',
        span: portSpan,
        message: `The image runs as "${user}", who may bind port ${ports.first} where Docker runs it (since 20.10), but not in every Kubernetes cluster or under older engines.`,
      },
    ];
  });
}
