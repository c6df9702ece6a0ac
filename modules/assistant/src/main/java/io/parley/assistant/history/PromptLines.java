package io.parley.assistant.history;

import io.parley.assistant.models.Prompt.Line;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a prompt, in a form that every provider accepts: one system message first, then user and assistant in
 * turns, each tool call right before its result.
 */
public final class PromptLines {
    private static final String BETWEEN_PARTS = "\n\n";

    /**
     * @param messages of the conversation, oldest first
     * @param before what the system message says before the system messages of the conversation
     * @param after what it says after them
     */
    public static List<Line> of(List<HistoryMessage> messages, List<String> before, List<String> after) {
        var stored = messages.stream()
                .map(HistoryMessage::message)
                .filter(message -> message.role() == Role.SYSTEM)
                .map(Message::content);
        var system = system(Stream.of(before.stream(), stored, after.stream()).flatMap(parts -> parts));
        var others = messages.stream()
                .filter(each -> each.message().role() != Role.SYSTEM)
                .toList();
        return withSystem(system, StrictRoles.of(PairedCalls.lines(others)));
    }

    /** For providers that accept system messages anywhere and any order of roles: they stay where they are. */
    public static List<Line> lenient(List<HistoryMessage> messages, List<String> before, List<String> after) {
        return withSystem(system(Stream.concat(before.stream(), after.stream())), PairedCalls.lines(messages));
    }

    private static String system(Stream<@Nullable String> parts) {
        return parts.filter(part -> part != null && !part.isBlank()).collect(Collectors.joining(BETWEEN_PARTS));
    }

    private static List<Line> withSystem(String system, List<Line> others) {
        var lines = new ArrayList<Line>();
        if (!system.isEmpty()) lines.add(Line.text(Role.SYSTEM, system));
        lines.addAll(others);
        return lines;
    }

    private PromptLines() {}
}
