/** Nobody could be reached who takes or decides it, or not in time. The same request can be sent again. */
export class WorkflowsUnreachable extends Error {
  readonly code = 'workflows-unreachable';

  constructor(options?: ErrorOptions) {
    super('Temporal could not be reached, or did not answer in time.', options);
    this.name = 'WorkflowsUnreachable';
  }
}
