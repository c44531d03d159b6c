import { part } from './addresses';

/** The bundle of all workflows, for `Worker.create`. */
export const workflowBundle = (): { readonly codePath: string } => ({
  codePath: part('workflows'),
});
