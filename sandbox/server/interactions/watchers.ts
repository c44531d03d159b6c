/** Tells those who watch an interaction that something about it or its messages has changed. */
export class Watchers {
  private readonly byInteraction = new Map<string, Set<(id: string) => void>>();
  private readonly byMessage = new Map<string, Set<string>>();

  /** Calls back with the interaction's id at every change, until the returned function is called. */
  watch(interactionId: string, callback: (id: string) => void): () => void {
    const present = this.byInteraction.get(interactionId);
    if (present === undefined) this.byInteraction.set(interactionId, new Set([callback]));
    else present.add(callback);
    return () => {
      const callbacks = this.byInteraction.get(interactionId);
      callbacks?.delete(callback);
      if (callbacks?.size === 0) this.byInteraction.delete(interactionId);
    };
  }

  interactionChanged(id: string): void {
    for (const callback of this.byInteraction.get(id) ?? []) callback(id);
  }

  /** From now on, a change of this message is a change of the interaction. */
  follow(messageId: string, interactionId: string): void {
    if (!this.byInteraction.has(interactionId)) return;
    const present = this.byMessage.get(messageId);
    if (present === undefined) this.byMessage.set(messageId, new Set([interactionId]));
    else present.add(interactionId);
  }

  /** The message was edited or deleted. */
  messageChanged(messageId: string): void {
    const interactions = this.byMessage.get(messageId);
    if (interactions === undefined) return;
    for (const id of interactions) {
      if (this.byInteraction.has(id)) this.interactionChanged(id);
      else interactions.delete(id);
    }
    if (interactions.size === 0) this.byMessage.delete(messageId);
  }
}
