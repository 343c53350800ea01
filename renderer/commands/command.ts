import type { CommandId } from '../../shared/commands/commands';

/** What a command does. A command that cannot be done now says why. */
export interface Command {
  readonly id: CommandId;
  /** True, or the reason why not, as it is shown beside the disabled control. */
  enabled(): true | string;
  run(): void;
  /** Whether a command that switches something is on. */
  checked?(): boolean;
}

type Parts = Omit<Command, 'id' | 'enabled'> & Partial<Pick<Command, 'enabled'>>;

export function defineCommand(id: CommandId, parts: Parts): Command {
  return { enabled: () => true, ...parts, id };
}
