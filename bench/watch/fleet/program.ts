import { startFleet, type Fleet } from './fleet';
import { orderSchema, type Report } from './messages';

/** A fleet in a process of its own: it is told what to start, and answers what its parent asks. */
let fleet: Fleet | undefined;

function report(message: Report): void {
  process.send?.(message);
}

async function carryOut(order: unknown): Promise<void> {
  const parsed = orderSchema.parse(order);
  if (parsed.type === 'start') {
    fleet = await startFleet(parsed);
    report({ type: 'started', peers: [...fleet.peers] });
  } else {
    report({ type: 'served', servedMs: [...((await fleet?.servedMs()) ?? [])] });
  }
}

process.on('message', (order) => {
  carryOut(order).catch((error: unknown) => {
    process.stderr.write(`fleet: ${String(error)}\n`);
    process.exit(1);
  });
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());
