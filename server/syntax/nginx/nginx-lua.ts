/**
 * The place of the brace that closes a block of raw Lua (`content_by_lua_block { … }` of OpenResty's lua-nginx-module,
 * src/ngx_http_lua_lex.c), or the end of the text. Braces in Lua's strings and comments do not count.
 */
export function skipLua(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    switch (text[at]) {
      case '{':
        depth++;
        break;
      case '}':
        if (depth === 0) return at;
        depth--;
        break;
      case '"':
      case "'":
        at = stringEnd(text, at);
        break;
      case '-':
        if (text[at + 1] === '-') at = commentEnd(text, at + 2);
        break;
      case '[':
        at = (longEnd(text, at) ?? at + 1) - 1;
        break;
    }
  }
  return text.length;
}

/** The closing quotation mark; a string of Lua ends with its line at the latest. */
function stringEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === quote || char === '\n') return at;
  }
  return text.length;
}

/** `--[[ … ]]` may run over lines, `-- …` ends with its own. */
function commentEnd(text: string, start: number): number {
  const long = text[start] === '[' ? longEnd(text, start) : undefined;
  if (long !== undefined) return long - 1;
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** Behind `[[ … ]]` or `[==[ … ]==]`; undefined when the bracket begins nothing of the kind. */
function longEnd(text: string, start: number): number | undefined {
  let at = start + 1;
  while (text[at] === '=') at++;
  if (text[at] !== '[') return undefined;
  const closing = `]${'='.repeat(at - start - 1)}]`;
  const end = text.indexOf(closing, at + 1);
  return end < 0 ? text.length : end + closing.length;
}
