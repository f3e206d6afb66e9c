/**
 * The engine without its doors: all that the language server and the command line work with. It is built as a file of
 * its own, which both of them load: the server only after it has answered the editor's first question.
 */
export { couldBeOurs, dialectById, dialectOf, dialects } from './dialects';
export { codeActions, fixAll, fixesOf } from './features/code-actions';
export { completion, slotAt } from './features/completion/completion';
export { documentation } from './features/completion/documentation';
export { Inspector } from './features/diagnostics/inspector';
export { environmentEdits } from './features/free-ports/environment-edits';
export { findFree } from './features/free-ports/find-free';
export { collides, moveAll } from './features/free-ports/moving';
export { worktreePorts } from './features/free-ports/worktree-ports';
export { hover } from './features/hover/hover';
export { openLookUp } from './features/look-up';
export { checks, runnable } from './features/port-facts/checks';
export { portFacts, preferredName } from './features/port-facts/port-facts';
export { nearbyPorts } from './features/port-page/nearby-ports';
export { pageHtml } from './features/port-page/page-html';
export { pageText } from './features/port-page/page-text';
export { portPage } from './features/port-page/port-page';
export { together } from './features/together';
export { usesOf } from './features/uses';
export { lazyKnowledge } from './knowledge/load';
export { automaticPorts } from './machine/automatic-ports';
export { takeCensus } from './machine/census';
export { dataFolder } from './machine/data-folder';
export { Lookout } from './machine/lookout';
export { machineNow } from './machine/machine-now';
export { systemOf } from './machine/system';
export { lazyRegistry } from './registry/load';
export { rules } from './rules';
export { rulePage } from './rules/rule-page';
export { disk } from './workspace/disk';
export { editorChoices, hiddenGlobs } from './workspace/editor-settings';
export { deepestFolder, skippedFolders } from './workspace/folders';
export { surveyNeighbours } from './workspace/neighbours';
export { nestedWorktrees } from './workspace/nested-worktrees';
export { noSurround } from './workspace/policy';
export { isSettingsFile, settingsFileName } from './workspace/settings-file';
export { survey } from './workspace/survey';
export { longestText, Workspace } from './workspace/workspace';
