package io.parley.assistant.summaries;

import io.parley.assistant.history.TokenEstimate;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import java.text.BreakIterator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** A summary that needs no model: the first sentence of each message of the user and the assistant. */
final class ExtractiveText {
    private static final int MAX_CHARACTERS = 200;

    private final int mostTokens;
    private final Deque<String> lines = new ArrayDeque<>();
    private int tokens;

    ExtractiveText(int mostTokens) {
        this.mostTokens = mostTokens;
    }

    /** Adds a message that is older than all so far, unless the text is long enough. */
    void addBefore(Message message) {
        var content = message.content();
        boolean isSaid = message.role() == Role.USER || message.role() == Role.ASSISTANT;
        if (!isSaid || content == null || content.isBlank() || isFull()) return;
        var line = Transcript.speaker(message.role()) + ": " + firstSentence(content);
        // The newest is there in any case.
        var fitting = lines.isEmpty() ? TokenEstimate.beginning(line, mostTokens) : line;
        tokens += TokenEstimate.of(fitting) + 1;
        if (!isFull() || lines.isEmpty()) lines.addFirst(fitting);
    }

    private boolean isFull() {
        return tokens > mostTokens;
    }

    /** Oldest first. Beside the summary of what came before, it takes no more than half of the space. */
    String text(String previous) {
        var text = String.join("\n", lines);
        if (previous.isEmpty()) return text;
        var kept = TokenEstimate.beginning(previous, mostTokens / 2);
        return TokenEstimate.beginning(
                kept + "\n" + String.join("\n", newest(mostTokens - TokenEstimate.of(kept))), mostTokens);
    }

    private Deque<String> newest(int most) {
        var newest = new ArrayDeque<String>();
        int left = most;
        for (var each = lines.descendingIterator(); each.hasNext() && left > 0; ) {
            var line = each.next();
            left -= TokenEstimate.of(line) + 1;
            if (left >= 0 || newest.isEmpty()) newest.addFirst(line);
        }
        return newest;
    }

    static String firstSentence(String content) {
        var line = content.strip().lines().findFirst().orElse("");
        // One more than there may be, so that a sentence of just that length is not cut.
        var beginning = beginning(line, MAX_CHARACTERS + 1);
        var sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(beginning);
        var sentence = beginning.substring(0, sentences.next()).strip();
        return sentence.codePointCount(0, sentence.length()) <= MAX_CHARACTERS
                ? sentence
                : beginning(sentence, MAX_CHARACTERS - 1).strip() + "…";
    }

    private static String beginning(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters));
    }
}
