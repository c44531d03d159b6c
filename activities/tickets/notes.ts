import { z } from 'zod';
import type { RecordedEvent } from '../../src/domain/cases/events';
import type { Seal } from '../../src/temporal/seal';

/** Opens the sealed notes (resolutions, reasons) of events, by the events' sequence numbers. */
export function openNotes(seal: Seal, events: readonly RecordedEvent[]): Map<number, string> {
  const notes = new Map<number, string>();
  for (const { seq, event } of events) {
    if ('note' in event && event.note !== null) notes.set(seq, seal.open(event.note, z.string()));
  }
  return notes;
}
