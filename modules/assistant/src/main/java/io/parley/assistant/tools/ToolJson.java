package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Results of tools as JSON. What is null is left out, because models are paid by the token. */
public final class ToolJson {
    public static String text(Record result) {
        return tree(result).toString();
    }

    /**
     * The largest result with the first items that is no longer than a limit, but has one item at least.
     *
     * @param result from the first items
     * @param limit in characters of JSON; nor has it more than {@link ToolRegistry#MAX_RESULT_BYTES}
     */
    public static <T> String longest(List<T> items, int limit, Function<List<T>, Record> result) {
        int count = items.size();
        var text = text(result.apply(items));
        while (!fits(text, limit) && count > 1) {
            // The share that would fit if all items were equally long.
            count = Math.max(1, Math.min(count - 1, (int) ((long) count * limit / text.length())));
            text = text(result.apply(new ArrayList<>(items.subList(0, count))));
        }
        return text;
    }

    // No character of Java has more than three bytes in UTF-8.
    private static boolean fits(String text, int limit) {
        if (text.length() > limit) return false;
        return 3L * text.length() <= ToolRegistry.MAX_RESULT_BYTES
                || text.getBytes(StandardCharsets.UTF_8).length <= ToolRegistry.MAX_RESULT_BYTES;
    }

    private static JsonNode tree(Record result) {
        var tree = StrictJson.parse(JsonForm.write(result));
        prune(tree);
        return tree;
    }

    private static void prune(JsonNode tree) {
        var children = tree.elements();
        while (children.hasNext()) {
            var child = children.next();
            if (child.isNull()) children.remove();
            else prune(child);
        }
    }

    private ToolJson() {}
}
