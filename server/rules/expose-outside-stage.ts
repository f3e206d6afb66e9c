import { refused } from './shared/told-by-reader';

export const exposeOutsideStage = refused({
  id: 'expose-outside-stage',
  summary: 'An EXPOSE before the first FROM.',
  rationale: 'Only ARG may stand before the first FROM: the image does not build.',
});
