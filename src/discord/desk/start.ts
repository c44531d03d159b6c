import type { Work } from '../../temporal/starting';

/** Starts a workflow, or does nothing where it was started before. @throws DeskUnreachable, DeskSilent */
export type Start = (type: string, work: Work) => Promise<void>;
