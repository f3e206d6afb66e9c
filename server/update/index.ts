/** The update of the registry, built as a file of its own: `dist/update.js`, loaded when somebody asks for it. */
export { UpdateRefused } from './refused';
export { updateRegistry } from './update-registry';
