package io.parley.assistant.commands;

import io.parley.assistant.commands.sentences.Sentence;
import io.parley.assistant.dates.Period;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands what lists tasks: {@code list overdue}, {@code what's on my list}, {@code anything due tomorrow}. A sentence is a
 * list if nothing is left of it but words that say so.
 */
final class ListPhrases {
    private static final Set<String> BEGINNINGS = Set.of(
            "list",
            "show",
            "display",
            "view",
            "see",
            "give",
            "get",
            "what",
            "what's",
            "whats",
            "which",
            "any",
            "anything",
            "is",
            "are",
            "do",
            "have",
            "my",
            "all",
            "the",
            "tasks",
            "todos",
            "to-dos",
            "overdue",
            "due",
            "open",
            "pending",
            "completed",
            "finished",
            "high",
            "medium",
            "low",
            "today's",
            "tomorrow's",
            "how",
            "tell");

    private static final Set<String> ALONE = Set.of("list", "tasks", "todos", "to-dos", "overdue");

    private static final Set<String> FILLERS = Set.of(
            "list",
            "lists",
            "show",
            "display",
            "view",
            "see",
            "give",
            "get",
            "tell",
            "me",
            "what",
            "what's",
            "whats",
            "which",
            "is",
            "are",
            "on",
            "my",
            "the",
            "all",
            "of",
            "task",
            "tasks",
            "todo",
            "todos",
            "to-do",
            "to-dos",
            "to",
            "do",
            "i",
            "have",
            "need",
            "needs",
            "am",
            "must",
            "should",
            "got",
            "any",
            "anything",
            "there",
            "left",
            "still",
            "else",
            "that",
            "with",
            "for",
            "plate",
            "agenda",
            "items",
            "everything",
            "be",
            "done",
            "up",
            "next",
            "many",
            "how",
            "now",
            "currently",
            "about");

    private static final Pattern MORE = Pattern.compile("(?:(?:show|list|tell)(?: me)? )?more(?: tasks)?|next page");
    private static final Pattern OVERDUE = Pattern.compile("(?<= |^)(?:overdue|late|past due)(?= |$)");
    private static final Pattern IN_PROGRESS =
            Pattern.compile("(?<= |^)(?:in progress|in-progress|in_progress|started|working on)(?= |$)");
    private static final Pattern COMPLETED = Pattern.compile(
            "(?<= |^)(?:completed|finished|done|checked off|did i (?:complete|finish|do|get done))(?= |$)");
    private static final Pattern PENDING = Pattern.compile("(?<= |^)(?:pending|not started)(?= |$)");
    private static final Pattern OPEN = Pattern.compile("(?<= |^)(?:open|unfinished|incomplete|uncompleted)(?= |$)");
    private static final Pattern ALL = Pattern.compile(
            "(?:list|show|display|view|see|give|get)?(?: me)? ?(?:all|everything)(?: of)?(?: my| the)?(?: tasks| todos| to-dos)?");
    private static final Pattern TO_BE_DONE = Pattern.compile("(?<= |^)(?:to be done|to get done|be done)(?= |$)");
    private static final Pattern PRIORITY = Pattern.compile(
            "(?<= |^)(?:!?(high|medium|low)[ -](?:priority|prio)|(?:priority|prio) (high|medium|low)|!(high|medium|low))(?= |$)");

    private final TaskText text;
    private final ZonedDateTime now;

    ListPhrases(TaskText text, ZonedDateTime now) {
        this.text = text;
        this.now = now;
    }

    Optional<Command> read(Sentence sentence) {
        if (sentence.matches(MORE)) return Optional.of(new ListCommand(ListFilter.OPEN, true, false, text));
        boolean begins =
                BEGINNINGS.contains(sentence.key(0)) && (sentence.size() > 1 || ALONE.contains(sentence.key(0)));
        if (!begins) return Optional.empty();
        if (sentence.matches(ALL) && sentence.size() > 1)
            return Optional.of(list(new ListFilter(null, null, false, null), false));
        boolean isCount = sentence.keys().contains("many");
        return filter(sentence.keyText()).map(filter -> list(filter, isCount));
    }

    private ListCommand list(ListFilter filter, boolean isCount) {
        return new ListCommand(filter, false, isCount, text);
    }

    // Each step takes away what it has understood.
    private Optional<ListFilter> filter(String words) {
        var rest = words.replaceAll("(?<= |^)(today|tomorrow)'s (.*)", "$2 due $1");
        boolean isOverdue = OVERDUE.matcher(rest).find();
        rest = OVERDUE.matcher(rest).replaceAll("");
        var priority = PRIORITY.matcher(rest);
        var chosen = priority.find() ? priority.group().replaceAll(".*(high|medium|low).*", "$1") : null;
        rest = priority.replaceFirst("");
        rest = TO_BE_DONE.matcher(rest).replaceAll("");
        var status = status(rest);
        for (var known : new Pattern[] {IN_PROGRESS, COMPLETED, PENDING, OPEN})
            rest = known.matcher(rest).replaceAll("");
        return filter(Sentence.of(rest.strip()), isOverdue, chosen, status);
    }

    private static String status(String words) {
        if (IN_PROGRESS.matcher(words).find()) return "in_progress";
        if (COMPLETED.matcher(words).find()) return "completed";
        return PENDING.matcher(words).find() ? "pending" : "open";
    }

    private Optional<ListFilter> filter(Sentence rest, boolean isOverdue, @Nullable String priority, String status) {
        if (isFiller(rest)) return Optional.of(new ListFilter(status, priority, isOverdue, null));
        boolean canHavePeriod = !isOverdue && !status.equals("completed");
        for (int start = 0; canHavePeriod && start < rest.size(); start++) {
            if (!isFiller(rest.sub(0, start))) break;
            var period = period(rest.from(start));
            if (period.isPresent()) return Optional.of(new ListFilter(status, priority, false, period.get()));
        }
        return Optional.empty();
    }

    // What is due, without a date, is what is due today or was due before.
    private Optional<Period> period(Sentence words) {
        return words.size() == 1 && words.key(0).equals("due")
                ? Optional.of(new Period(null, now.toLocalDate(), "by today"))
                : Period.read(words.keys(), now);
    }

    private static boolean isFiller(Sentence words) {
        return FILLERS.containsAll(words.keys());
    }
}
