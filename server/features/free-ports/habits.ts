/** How many ports right behind a number people try before they look elsewhere. */
const next = 3;

/**
 * The numbers that people take where one is not to be had, in the order in which they think of them: 5432 leads to
 * 5433, 15432 and 5434; 80 to 8080, 8081 and 8082; 443 to 8443. All lie from 1024 to 65535, and none stands there twice.
 */
export function habits(port: number): readonly number[] {
  const bases = port < 1024 ? [...(port > 9 && port < 100 ? [port * 101] : []), 8000 + port] : [port];
  const [base = port] = bases;
  const found = [
    ...(base === port ? [] : [base]),
    base + 1,
    ...(port < 1024 ? [] : [port + 10_000]),
    ...Array.from({ length: next - 1 }, (_, index) => base + 2 + index),
    ...bases.slice(1),
    ...(port < 1024 ? [port + 9000, port + 10_000] : [port + 20_000]),
  ];
  return [...new Set(found)].filter((each) => each >= 1024 && each <= 65535);
}
