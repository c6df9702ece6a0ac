package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.vertx.core.Future;

/** Something that a model can have done, for somebody and with their rights. */
interface Tool {
    ToolDescription description();

    /**
     * Brings the result as JSON text. Fails with a problem where it cannot be done; that is told to the model and ends
     * no turn.
     */
    Future<String> run(ToolContext asker, JsonNode arguments);
}
