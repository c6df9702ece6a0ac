package io.parley.transfer.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A conversation read from a short document, and what tests ask about it. */
public record SourceSample(SourceConversation conversation) {
    private static final ObjectMapper json = new ObjectMapper();

    /** @param text JSON with single quotes in place of double ones */
    public static SourceSample of(Format format, String text) {
        var line = line(text);
        if (!format.recognises(line)) throw new IllegalArgumentException("not recognised");
        return new SourceSample(format.read(line));
    }

    public static ObjectNode line(String text) {
        try {
            return (ObjectNode) json.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    public SourceHead head() {
        return conversation.head();
    }

    /** All contents, ordered by time. */
    public List<String> contents() {
        return conversation.messages().stream().map(SourceSample::content).toList();
    }

    public SourceMessage message(String content) {
        return conversation.messages().stream()
                .filter(message -> content(message).equals(content))
                .findFirst()
                .orElseThrow();
    }

    /** The contents from the root to the message with this content. */
    public List<String> branchTo(String content) {
        Map<String, SourceMessage> byId = new HashMap<>();
        conversation.messages().forEach(message -> byId.put(message.id(), message));
        Deque<String> branch = new ArrayDeque<>();
        for (var message = message(content); message != null; message = byId.get(message.parentId()))
            branch.push(content(message));
        return new ArrayList<>(branch);
    }

    /** JSON with single quotes. */
    public String metadata(String content) {
        return message(content).metadata().toString().replace('"', '\'');
    }

    private static String content(SourceMessage message) {
        return String.valueOf(message.content());
    }
}
