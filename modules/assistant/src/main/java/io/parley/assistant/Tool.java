package io.parley.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.kernel.Caller;
import io.vertx.core.Future;

/** Something that a model can have done, as the caller and with the caller's rights. */
interface Tool {
    ToolDescription description();

    /**
     * Brings the result as JSON text. Fails with a problem where it cannot be done; that is told to the model and ends
     * no turn.
     */
    Future<String> run(Caller caller, JsonNode arguments);
}
