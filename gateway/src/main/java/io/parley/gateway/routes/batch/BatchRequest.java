package io.parley.gateway.routes.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of a batch, in the order in which they are made. */
record BatchRequest(List<Change> operations) {
    BatchRequest {
        operations = List.copyOf(operations);
    }

    /**
     * @param ifMatch entity tags, as in the header
     * @param body as that of the operation that makes one such change
     */
    record Change(
            Op op,
            @Nullable UUID id,
            @Nullable String ifMatch,
            @Nullable JsonNode body) {}

    enum Op {
        CREATE,
        UPDATE,
        DELETE
    }
}
