package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Turn;
import io.parley.storage.Parameters;
import java.util.UUID;

/** What a turn's rows are found by: its id is unique among the turns of its user. */
public record TurnKey(UUID userId, UUID id) {
    public static TurnKey of(Turn turn) {
        return new TurnKey(turn.userId(), turn.id());
    }

    /** The parameters that name its row. */
    Parameters row() {
        return Parameters.of("id", id).and("user_id", userId);
    }
}
