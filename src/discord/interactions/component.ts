import type {
  APIMessageComponentInteraction,
  APIModalSubmitInteraction,
} from 'discord-api-types/v10';
import type { CustomIdCodec } from '../custom-id';
import type { Call } from './call';

/** A button, a menu or a form that was sent. */
export interface Component {
  /** @returns whether the fields were understood; if not, nothing was done */
  handle(
    call: Call<APIMessageComponentInteraction | APIModalSubmitInteraction>,
    fields: readonly string[],
  ): Promise<boolean>;
}

/** A button or menu of a message. */
export function messageComponent<Fields>(
  id: CustomIdCodec<string, Fields>,
  handle: (call: Call<APIMessageComponentInteraction>, fields: Fields) => Promise<void>,
): Component {
  return {
    async handle(call, texts) {
      const fields = id.decode(texts);
      const { interaction } = call;
      if (fields === null || !('component_type' in interaction.data)) return false;
      await handle({ ...call, interaction: interaction as APIMessageComponentInteraction }, fields);
      return true;
    },
  };
}

/** A form that was filled in. */
export function form<Fields>(
  id: CustomIdCodec<string, Fields>,
  handle: (call: Call<APIModalSubmitInteraction>, fields: Fields) => Promise<void>,
): Component {
  return {
    async handle(call, texts) {
      const fields = id.decode(texts);
      const { interaction } = call;
      if (fields === null || 'component_type' in interaction.data) return false;
      await handle({ ...call, interaction: interaction as APIModalSubmitInteraction }, fields);
      return true;
    },
  };
}

/** The values that were picked in a menu. */
export function pickedValues({
  interaction,
}: Call<APIMessageComponentInteraction>): readonly string[] {
  return 'values' in interaction.data ? interaction.data.values : [];
}
