/** A change of its whitelist that a game server has carried out. */
export interface WhitelistCommand {
  readonly at: number;
  readonly action: 'add' | 'remove';
  readonly name: string;
  /** Whether the list was another one afterwards. */
  readonly effective: boolean;
  /** Whether whoever asked for it was told. */
  readonly told: boolean;
}
