package io.parley.assistant.turns.context;

import io.parley.assistant.history.HistoryMessage;
import io.parley.assistant.history.PromptLines;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.Prompt.Line;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parameters of a turn, apart from the messages of its conversation.
 *
 * @param zone in which the user's days begin and end
 * @param encrypted whether the conversation is
 * @param before what the system message says before the system messages of the conversation
 * @param after what it says after them
 * @param offer which tools the model may call
 */
public record TurnContext(
        ModelChoice choice, ZoneId zone, boolean encrypted, List<String> before, List<String> after, ToolOffer offer) {
    TurnContext(ModelChoice choice, ZoneId zone, boolean encrypted, List<String> before, List<String> after) {
        this(choice, zone, encrypted, before, after, ToolOffer.ALL);
    }

    public List<Line> prompt(List<HistoryMessage> messages) {
        return choice.isLenient()
                ? PromptLines.lenient(messages, before, after)
                : PromptLines.of(messages, before, after);
    }

    TurnContext with(ModelChoice other) {
        return new TurnContext(other, zone, encrypted, before, after, offer);
    }

    /** The same with one more instruction at the end. */
    TurnContext telling(String further) {
        return new TurnContext(
                choice,
                zone,
                encrypted,
                before,
                Stream.concat(after.stream(), Stream.of(further)).toList(),
                offer);
    }
}
