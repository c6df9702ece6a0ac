package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.tools.ListTasks;
import io.parley.kernel.Ids;
import java.util.List;

/** Something that can be said to {@link OfflineCommands}. It calls a tool and puts the result into words. */
interface Command {
    /** @param last the list that was shown last */
    ModelReply begin(ListedTasks last);

    /** Fails invalid where it is no result of that tool. */
    ModelReply goOn(String tool, JsonNode result);

    /** What it shows of a list. */
    default ListedTasks shown(ListTasks.Result list) {
        return ListedTasks.NOTHING;
    }

    static ModelReply say(String text) {
        return new ModelReply(text, List.of(), OfflineCommands.MODEL, null);
    }

    static ModelReply call(String tool, ObjectNode arguments) {
        var call = new ToolCall("call_" + Ids.next(), tool, arguments.toString());
        return new ModelReply("", List.of(call), OfflineCommands.MODEL, null);
    }
}
