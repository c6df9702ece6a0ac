package io.parley.assistant.commands;

import io.parley.assistant.commands.sentences.Sentence;
import io.parley.assistant.commands.sentences.TaskDetails;
import io.parley.assistant.dates.DateReader;
import io.parley.assistant.dates.DateWords;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Understands what adds a task: {@code add …}, {@code remind me to …}, {@code I need to …}, {@code don't forget to …}. */
final class AddPhrases {
    private static final String TASK = "(?:task|todo|to-do|to do|reminder)";

    private static final Pattern REMIND =
            Pattern.compile("(?:remind me|(?:set|create|add|give|send)(?: me)? (?:a |another )?(?:new )?reminder) ");

    private static final Pattern FOR = Pattern.compile("for (?!me to )");
    private static final Pattern BEHIND_REMIND =
            Pattern.compile("(?:to|about|of|that i (?:need|have|want) to|that i (?:must|should)|that|for me to) ");

    private static final List<Pattern> BEGINNINGS = List.of(
            Pattern.compile("(?:add|create|make|set up|enter)(?: me)? (?:a |an |another |the )?(?:new )?" + TASK
                    + " (?:(?:to|called|named|titled) )?"),
            Pattern.compile("new " + TASK + " "),
            Pattern.compile("add "),
            Pattern.compile("i(?: also| still| really)? (?:need to|have to|must|should|ought to|gotta|got to) "),
            Pattern.compile("i(?:'ve| have) got to "),
            Pattern.compile("(?:don't|do not|dont)(?: let me)? forget (?:(?:to|about) )?"),
            Pattern.compile("(?:remember|be sure|make sure) (?:(?:that )?i )?(?:to )?"),
            Pattern.compile("(?:todo|to-do|to do) "));

    private static final Pattern TASK_COLON = Pattern.compile("(?i)(?:task|reminder|remember|note):");
    private static final Pattern PUT =
            Pattern.compile("put (.+ (?:on|onto) (?:my|the) (?:.+ )?(?:list|tasks|todos).*)");

    private static final Sentence EMPTY = new Sentence(List.of());

    /** More words than a date before a title has. */
    private static final int MAX_DATE = 10;

    private final TaskText text;
    private final ZonedDateTime now;

    AddPhrases(TaskText text, ZonedDateTime now) {
        this.text = text;
        this.now = now;
    }

    Optional<Command> read(Sentence sentence) {
        var reminder = sentence.behind(REMIND);
        if (reminder.isPresent()) return Optional.of(remind(reminder.get()));
        for (var beginning : BEGINNINGS) {
            var rest = sentence.behind(beginning);
            if (rest.isPresent()) return Optional.of(add(rest.get(), EMPTY));
        }
        if (!sentence.isEmpty()
                && TASK_COLON.matcher(sentence.words().get(0).text()).matches())
            return Optional.of(add(sentence.from(1), EMPTY));
        return sentence.group(PUT).map(put -> add(put, EMPTY));
    }

    // The date can stand before the title: remind me tomorrow to call mum.
    private Command remind(Sentence said) {
        var rest = said.behind(FOR).orElse(said);
        for (int end = Math.min(MAX_DATE, rest.size()); end > 0; end--) {
            var date = rest.sub(0, end);
            var behind = rest.from(end).behind(BEHIND_REMIND);
            boolean isWeekday = end == 1 && DateWords.isWeekday(date.key(0));
            if (DateReader.read(date.keys(), false, now).isPresent() && (behind.isPresent() || !isWeekday))
                return add(behind.orElse(rest.from(end)), date);
        }
        return add(rest.behind(BEHIND_REMIND).orElse(rest), EMPTY);
    }

    private Command add(Sentence description, Sentence date) {
        var details = TaskDetails.of(description, date, now);
        if (details.question() != null) return new FixedReply(details.question());
        return details.title().isEmpty()
                ? FixedReply.ADD_WHAT
                : new AddCommand(details.title().text(), details.due(), details.priority(), text);
    }
}
