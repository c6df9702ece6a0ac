package io.parley.assistant.commands;

import io.parley.assistant.commands.sentences.Politeness;
import io.parley.assistant.commands.sentences.SecondCommand;
import io.parley.assistant.commands.sentences.Sentence;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Understands what a user types as one command, or asks back. */
final class CommandParser {
    /** In UTF-16 characters: more than any command needs, and little enough for the patterns. */
    private static final int MAX_LENGTH = 4_000;

    private static final Pattern HELP = Pattern.compile(
            "help(?: me)?|commands|what can (?:you|i) (?:do|say|ask)(?: here| for me)?|how (?:does this|do you) work|what do you understand");

    private static final Pattern GREETING = Pattern.compile(
            "(?:hi|hello|hey|hallo|howdy|yo)(?: there| parley| again)?|good (?:morning|afternoon|evening|day|night)|how are you(?: doing)?|bye|goodbye|see you");

    private static final Pattern THANKS = Pattern.compile(
            "(?:ok |okay )?(?:thanks|thank you|thx|ty|cheers|great|perfect|nice|ok|okay|cool|good|well done)(?: a lot| so much| very much| parley)?");

    private static final Pattern SEARCH = Pattern.compile(
            "(?:search|look|find)(?: (?:in |through )?(?:my|all|the) (?:messages|conversations|chats))? (?:for|up) "
                    + "|find (?:messages|conversations) (?:about|with) |(?:search|find) ");

    private static final Pattern BARE_ADD =
            Pattern.compile("add|(?:add|create|new)(?: a)? (?:new )?(?:task|todo)|todo|remind me|remember");
    private static final Pattern BARE_CHANGE =
            Pattern.compile("complete|delete|remove|finish|move|postpone|rename|reopen|start|done|mark|check off");
    private static final Pattern BARE_SEARCH = Pattern.compile("search|find|look for|search for");

    private final Clock clock;

    CommandParser(Clock clock) {
        this.clock = clock;
    }

    /** @param zone in which the user's days begin and end */
    Command parse(String typed, ZoneId zone) {
        if (typed.length() > MAX_LENGTH) return FixedReply.tooLong(TaskText.onOneLine(typed));
        var lines = typed.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() > 1) return FixedReply.severalLines(lines.get(1).strip());
        var whole = Sentence.of(TaskText.onOneLine(typed));
        var fixed = fixed(whole);
        if (fixed.isPresent()) return fixed.get();
        var second = SecondCommand.in(whole);
        return second.isPresent()
                ? FixedReply.secondCommand(second.get().text())
                : command(Politeness.removedFrom(whole), clock.instant().atZone(zone))
                        .orElseGet(() -> FixedReply.notUnderstood(whole.text()));
    }

    private static Optional<Command> fixed(Sentence sentence) {
        var bare = Politeness.removedFrom(sentence);
        if (sentence.isEmpty()) return Optional.of(FixedReply.HELP);
        if (bare.matches(HELP)) return Optional.of(FixedReply.HELP);
        if (sentence.matches(GREETING)) return Optional.of(FixedReply.HELLO);
        if (sentence.matches(THANKS)) return Optional.of(FixedReply.WELCOME);
        if (bare.matches(BARE_ADD)) return Optional.of(FixedReply.ADD_WHAT);
        if (bare.matches(BARE_CHANGE)) return Optional.of(FixedReply.WHICH_TASK);
        return bare.matches(BARE_SEARCH) ? Optional.of(FixedReply.SEARCH_WHAT) : Optional.empty();
    }

    private static Optional<Command> command(Sentence sentence, ZonedDateTime now) {
        var text = new TaskText(now.getZone());
        return new ListPhrases(text, now)
                .read(sentence)
                .or(() -> new AddPhrases(text, now).read(sentence))
                .or(() -> sentence.behind(SEARCH).map(query -> new SearchCommand(query.text(), text)))
                .or(() -> new TaskPhrases(text, now).read(sentence));
    }
}
