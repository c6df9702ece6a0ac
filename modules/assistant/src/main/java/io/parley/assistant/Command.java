package io.parley.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Ids;
import java.util.List;

/** Something that can be said to {@link OfflineCommands}. It calls a tool and puts the result into words. */
interface Command {
    /** @param last the list that was shown last */
    Reply begin(Shown last);

    /** Fails invalid where it is no result of that tool. */
    Reply goOn(String tool, JsonNode result);

    /** What it shows of a list. */
    default Shown shown(ListTasks.Result list) {
        return Shown.NOTHING;
    }

    static Reply say(String text) {
        return new Reply(text, List.of(), OfflineCommands.MODEL, null);
    }

    static Reply call(String tool, ObjectNode arguments) {
        var call = new ToolCall("call_" + Ids.next(), tool, arguments.toString());
        return new Reply("", List.of(call), OfflineCommands.MODEL, null);
    }
}
