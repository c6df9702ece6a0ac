package io.parley.contracts.changes;

import java.util.UUID;

/** A notice that one of a user's resources has changed. Its new state is read from the module that owns it. */
public record Change(Resource resource, UUID id, Kind kind) {
    public enum Resource {
        CONVERSATION,
        MESSAGE,
        TASK,
        TURN
    }

    public enum Kind {
        /** Created, or restored from the trash. */
        CREATED,
        UPDATED,
        DELETED
    }
}
