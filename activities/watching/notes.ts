import { z } from 'zod';
import type { RecordedIncidentEvent } from '../../src/domain/watching/incident';
import type { Seal } from '../../src/temporal/seal';

/** Opens the sealed notes of events, by the events' sequence numbers. */
export function openNotes(
  seal: Seal,
  events: readonly RecordedIncidentEvent[],
): Map<number, string> {
  const notes = new Map<number, string>();
  for (const { seq, event } of events) {
    if (event.type === 'noted') notes.set(seq, seal.open(event.note, z.string()));
  }
  return notes;
}
