package io.parley.contracts.changes;

import java.util.UUID;

/** Something of a user's that is not as it was; how it is now, its own module says. */
public record Change(Resource resource, UUID id, Kind kind) {
    public enum Resource {
        CONVERSATION,
        MESSAGE,
        TASK,
        TURN
    }

    public enum Kind {
        /** It was made, or came back from the trash. */
        CREATED,
        UPDATED,
        DELETED
    }
}
