package io.parley.assistant.history;

import io.parley.assistant.models.Prompt.Line;
import io.parley.assistant.models.Prompt.Piece;
import io.parley.contracts.messages.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes user and assistant take turns, beginning with the user, and merges what is said in a row. The chat templates of
 * Gemma, Qwen and Mistral and Anthropic's API refuse anything else.
 */
final class StrictRoles {
    private static final String LEFT_OUT = "(earlier messages left out)";
    private static final String NO_ANSWER = "(no answer)";

    private final List<Line> strict = new ArrayList<>();

    /** @param lines without system messages, each tool call followed by its results */
    static List<Line> of(List<Line> lines) {
        var roles = new StrictRoles();
        lines.forEach(roles::add);
        return roles.strict;
    }

    private void add(Line line) {
        var last = strict.isEmpty() ? null : strict.get(strict.size() - 1);
        if (last == null && line.role() == Role.ASSISTANT) strict.add(Line.text(Role.USER, LEFT_OUT));
        if (last != null && last.role() == Role.TOOL && line.role() == Role.USER)
            strict.add(Line.text(Role.ASSISTANT, NO_ANSWER));
        if (last != null && line.role() != Role.TOOL && last.role() == line.role())
            strict.set(strict.size() - 1, merged(last, line));
        else strict.add(line);
    }

    private static Line merged(Line first, Line second) {
        if (first.pieces() != null || second.pieces() != null)
            return Line.pieces(
                    first.role(),
                    Stream.of(first, second).flatMap(StrictRoles::pieces).toList());
        var content = joined(first.content(), second.content());
        var merged =
                second.toolCalls() == null ? Line.text(first.role(), content) : Line.calls(content, second.toolCalls());
        return merged.with(second.attached() == null ? first.attached() : second.attached());
    }

    private static Stream<Piece> pieces(Line line) {
        return line.pieces() == null ? Stream.ofNullable(line.content()).map(Piece::of) : line.pieces().stream();
    }

    private static @Nullable String joined(@Nullable String first, @Nullable String second) {
        var text = Stream.of(first, second).filter(Objects::nonNull).collect(Collectors.joining("\n\n"));
        return text.isEmpty() ? null : text;
    }
}
