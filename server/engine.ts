/**
 * The engine without its doors: all that the language server and the command line work with. It is built as a file of
 * its own, which both of them load: the server only after it has answered the editor's first question.
 */
export { dialectById, dialectOf, dialects } from './dialects';
export { codeActions } from './features/code-actions';
export { completion } from './features/completion';
export { diagnostics } from './features/diagnostics';
export { hover } from './features/hover';
export { portFacts } from './features/port-facts';
export { lazyRegistry } from './registry/load';
export { disk } from './workspace/disk';
export { longestText, Workspace } from './workspace/workspace';
