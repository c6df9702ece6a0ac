package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.tools.ListTasks;
import io.parley.kernel.Ids;
import java.util.List;

/** One command of the offline language. Calls tools and describes their results. */
interface Command {
    /** @param lastList the list that was last shown to the user */
    ModelReply begin(ListedTasks lastList);

    /** Fails invalid if this is not a result of the tool. */
    ModelReply continueWith(String tool, JsonNode result);

    /**
     * The tasks of a result that the user is shown with their numbers.
     *
     * @param arguments of the call
     */
    default ListedTasks shown(ListTasks.Result result, JsonNode arguments) {
        return ListedTasks.NONE;
    }

    static ModelReply say(String text) {
        return new ModelReply(text, List.of(), OfflineCommands.MODEL, null);
    }

    static ModelReply call(String tool, ObjectNode arguments) {
        var call = new ToolCall("call_" + Ids.next(), tool, arguments.toString());
        return new ModelReply("", List.of(call), OfflineCommands.MODEL, null);
    }
}
