package io.parley.assistant.commands.sentences;

import java.util.regex.Pattern;

/** Words that change nothing about a command: please, can you. */
public final class Politeness {
    private static final Pattern BEGINNING = Pattern.compile(
            "(?:please|pls|plz|kindly|hey|hi|hello|ok|okay|parley|(?:can|could|would|will) you|i(?:'d| would) like you to|i want you to|i need you to) ");

    private static final Pattern END = Pattern.compile(" (?:please|pls|plz)$");

    public static Sentence removedFrom(Sentence sentence) {
        var rest = sentence.behind(BEGINNING).filter(some -> !some.isEmpty());
        if (rest.isPresent()) return removedFrom(rest.get());
        return sentence.before(END)
                .filter(some -> !some.isEmpty())
                .map(Sentence::withoutSeparator)
                .orElse(sentence);
    }

    private Politeness() {}
}
