import type { CaseStatus } from '../../domain/cases/case';

/** A case's status in a word or two, as it stands in lists. */
export const STATUS_WORDS: Readonly<Record<CaseStatus, string>> = {
  opening: 'Opening',
  refused: 'Refused',
  failed: 'Could not be opened',
  open: 'Open',
  claimed: 'Claimed',
  resolved: 'Resolved',
  closing: 'Closing',
  closed: 'Closed',
  reopening: 'Reopening',
  ended: 'Closed for good',
};

/** The colour of the bar beside a case (24-bit RGB). */
export const STATUS_COLOURS: Readonly<Record<CaseStatus, number>> = {
  opening: 0x95a5a6,
  refused: 0x95a5a6,
  failed: 0xc0392b,
  open: 0x3498db,
  claimed: 0xe67e22,
  resolved: 0x2ecc71,
  closing: 0x7f8c8d,
  closed: 0x7f8c8d,
  reopening: 0x95a5a6,
  ended: 0x4f545c,
};
