package io.parley.assistant.summaries;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.history.StoredCalls;
import io.parley.assistant.history.StoredResults;
import io.parley.assistant.history.TokenEstimate;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessagePart;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Messages as the text that is summarised. System messages are not in it, because a model is always sent them, nor is
 * reasoning.
 */
final class Transcript {
    /** Results are long lists more often than not, and the answer says what mattered. */
    private static final int RESULT_TOKENS = 250;

    private static final String BETWEEN = "\n\n";

    private final Deque<String> texts = new ArrayDeque<>();
    private int tokens;

    /** Adds a message that is older than all so far. */
    void addBefore(Message message, int mostTokens) {
        var text = TokenEstimate.beginning(textOf(message), mostTokens);
        if (text.isBlank()) return;
        tokens += TokenEstimate.of(text);
        texts.addFirst(text);
    }

    int tokens() {
        return tokens;
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Takes the oldest messages that fit together; of one that alone does not fit, its beginning. */
    String next(int mostTokens) {
        var piece = new StringBuilder();
        int left = mostTokens;
        while (!texts.isEmpty() && TokenEstimate.of(texts.getFirst()) < left) {
            left -= TokenEstimate.of(texts.getFirst()) + 1;
            piece.append(texts.removeFirst()).append(BETWEEN);
        }
        if (piece.length() > 0) return piece.toString().strip();
        var text = texts.removeFirst();
        var beginning = TokenEstimate.beginning(text, mostTokens);
        if (beginning.length() < text.length()) texts.addFirst(text.substring(beginning.length()));
        return beginning;
    }

    private static String textOf(Message message) {
        return switch (message.role()) {
            case SYSTEM -> "";
            case TOOL ->
                StoredResults.read(message).stream()
                        .map(result -> "Result of a tool: " + TokenEstimate.beginning(result.text(), RESULT_TOKENS))
                        .collect(Collectors.joining(BETWEEN));
            default -> {
                var said = said(message);
                var calls = message.role() == Role.ASSISTANT ? calls(message) : "";
                yield said.isEmpty() || calls.isEmpty() ? said + calls : said + BETWEEN + calls;
            }
        };
    }

    private static String said(Message message) {
        @Nullable String content = message.content();
        var said = (content == null ? "" : content.strip()) + files(message);
        return said.isBlank() ? "" : speaker(message.role()) + ": " + said.strip();
    }

    private static String files(Message message) {
        var parts = message.parts() == null ? List.<MessagePart>of() : message.parts();
        return parts.stream()
                .filter(MessagePart::namesFile)
                .map(part -> " (with the file " + part.name() + ")")
                .collect(Collectors.joining());
    }

    static String speaker(Role role) {
        return role == Role.USER ? "User" : "Assistant";
    }

    private static String calls(Message message) {
        List<ObjectNode> calls = StoredCalls.read(message.toolCalls());
        return calls.stream()
                .map(call -> "The assistant called " + call.at("/function/name").asText() + " "
                        + TokenEstimate.beginning(call.at("/function/arguments").asText(), RESULT_TOKENS))
                .collect(Collectors.joining(BETWEEN));
    }
}
