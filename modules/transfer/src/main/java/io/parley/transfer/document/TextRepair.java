package io.parley.transfer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parley.json.StoredForm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Replaces every character of a value that PostgreSQL does not store by U+FFFD: NUL and unpaired surrogates, which exports
 * have in what tools have answered.
 */
final class TextRepair {
    private static final char REPLACEMENT = '\uFFFD';

    private final String pointer;
    private final Deque<JsonNode> open = new ArrayDeque<>();
    private int repairs;

    /** @param repairs the number of texts that were changed */
    record Repaired(JsonNode json, int repairs) {}

    private TextRepair(String pointer) {
        this.pointer = pointer;
    }

    /** Changes the value itself. Fails invalid, with this pointer, if a number is not within the range of a 64-bit float. */
    static Repaired of(String pointer, JsonNode json) {
        var repair = new TextRepair(pointer);
        var repaired = repair.value(json);
        while (!repair.open.isEmpty()) repair.members(repair.open.pop());
        return new Repaired(repaired, repair.repairs);
    }

    static String of(String text) {
        return StoredForm.isStorable(text) ? text : new TextRepair("").text(text);
    }

    private JsonNode value(JsonNode value) {
        if (value.isContainerNode()) open.push(value);
        if (value.isNumber()) StoredForm.check(pointer, value);
        return value.isTextual() && !StoredForm.isStorable(value.textValue())
                ? TextNode.valueOf(text(value.textValue()))
                : value;
    }

    private void members(JsonNode container) {
        if (container instanceof ArrayNode array)
            for (int place = 0; place < array.size(); place++) array.set(place, value(array.get(place)));
        if (container instanceof ObjectNode object) {
            for (var field : List.copyOf(object.properties())) member(object, field);
        }
    }

    private void member(ObjectNode object, Map.Entry<String, JsonNode> field) {
        var name = field.getKey();
        if (!StoredForm.isStorable(name)) {
            object.remove(name);
            name = text(name);
        }
        object.set(name, value(field.getValue()));
    }

    private String text(String text) {
        repairs++;
        var repaired = new StringBuilder(text);
        for (int at = 0; at < repaired.length(); at++) {
            char here = repaired.charAt(at);
            boolean isPair = at + 1 < repaired.length() && Character.isSurrogatePair(here, repaired.charAt(at + 1));
            if (isPair) at++;
            else if (here == 0 || Character.isSurrogate(here)) repaired.setCharAt(at, REPLACEMENT);
        }
        return repaired.toString();
    }
}
