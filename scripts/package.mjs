// npm run package: the extension as one file that every VS Code installs.
import { installDependencies } from './dependencies.mjs';
import { build, makePackage } from './packaging.mjs';
import { say, script } from './steps.mjs';

await script(async () => {
  await installDependencies();
  say('Building dist/ …');
  await build();
  say('Packaging …');
  await makePackage();
});
